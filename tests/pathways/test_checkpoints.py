"""Anchors as lines and codes, and their signatures; both ways of checking those give the same answer."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pathways.checkpoints import Anchor, Lodged, is_signed, nearly, read_anchor, read_code, sign
from pathways.errors import Mistyped
from pathways.standalone_verifier import is_signed as is_signed_alone

AT = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)
ANCHOR = Anchor("sefton.9f2c71aa", 412, 18204, bytes(range(32)), AT)
LINE = (
    "sefton.9f2c71aa / 412 / 18204 / 000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f / "
    "2026-11-23T04:00:00.000000+00:00"
)
SEED = bytes(range(32))

anchors = st.builds(
    Anchor,
    st.from_regex(r"[a-z0-9.-]{1,20}", fullmatch=True),
    st.integers(0, 10**9),
    st.integers(0, 10**12),
    st.binary(min_size=32, max_size=32),
    st.datetimes(datetime(2026, 1, 1), datetime(2099, 1, 1), timezones=st.just(UTC)),
)


def test_an_anchor_is_one_line():
    assert ANCHOR.text == LINE
    assert read_anchor(LINE) == Lodged(ANCHOR)
    assert read_anchor(f"{LINE} / unsigned\n") == Lodged(ANCHOR)


@given(anchor=anchors)
@settings(max_examples=30, deadline=None)
def test_what_is_written_is_read_again(anchor):
    assert read_anchor(anchor.text).anchor == anchor
    lodged = sign(anchor, SEED)
    assert read_anchor(lodged.line) == lodged


@pytest.mark.parametrize(
    "line",
    [
        "",
        "sefton / 1 / 2",
        LINE.replace("412", "0412"),
        LINE.replace("412", "-1"),
        LINE.replace("sefton", "Sefton"),
        LINE.replace("000102", "00010"),
        LINE.replace("+00:00", "+01:00"),
        LINE.replace("+00:00", "-00:00"),
        LINE.replace("2026-11", "2026-13"),
        f"{LINE} / ed25519:00",
        f"{LINE} / ed25519:00 / xy",
        f"{LINE} / ed25519:00 / 00 / 00",
    ],
)
def test_what_is_no_anchor_is_refused(line):
    with pytest.raises(Mistyped):
        read_anchor(line)


def test_the_moment_is_that_of_utc_whatever_the_zone():
    elsewhere = Anchor(
        "sefton.9f2c71aa", 412, 18204, bytes(range(32)), AT.astimezone(timezone(timedelta(hours=1)))
    )
    assert elsewhere.text == LINE


def test_the_code_is_eight_groups_of_four_that_can_be_typed_as_people_type():
    code = ANCHOR.code
    assert [len(each) for each in code.split("-")] == [4] * 8
    assert read_code(f"  {code.upper().replace('-', ' ')} ") == code
    assert read_code(code.replace("-", ".").replace("0", "O").replace("1", "l")) == code


@pytest.mark.parametrize("typed", ["", "9f2c", "9f2c-71aa-03de-5b10-22c4-8e01-d9a7-441g", "9f2c" * 9])
def test_what_is_no_code_is_refused(typed):
    with pytest.raises(Mistyped, match="8 groups of 4"):
        read_code(typed)


@given(one=anchors, other=anchors)
def test_other_anchors_have_other_codes(one, other):
    assert (one.code == other.code) == (one.text == other.text)


def test_a_slip_in_one_or_two_groups_is_known_for_one():
    code = "9f2c-71aa-03de-5b10-22c4-8e01-d9a7-4410"
    assert nearly("9f2c-71ab-03de-5b10-22c4-8e01-d9a7-4410", code) == [2]
    assert nearly("9f2c-71ab-03de-5b10-22c4-8e01-d9a7-4411", code) == [2, 8]
    assert nearly("9f2c-71ab-03de-5b11-22c4-8e01-d9a7-4411", code) == []
    assert nearly(code, code) == []


# --- signatures -----------------------------------------------------------------------------------------------------

RFC_8032 = [
    # section 7.1: public key, message, signature
    ("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", "",
     "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b"),
    ("3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c", "72",
     "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"),
    ("fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025", "af82",
     "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a"),
]  # fmt: skip


@pytest.mark.parametrize(("public", "message", "signature"), RFC_8032)
def test_the_vectors_of_the_standard_hold(public, message, signature):
    key, said, signed = (bytes.fromhex(each) for each in (public, message, signature))
    assert is_signed_alone(key, said, signed)
    assert not is_signed_alone(key, said + b"x", signed)


@given(message=st.text(max_size=20), flip=st.integers(0, 64 * 8 - 1))
@settings(max_examples=25, deadline=None)
def test_both_ways_of_checking_agree_and_one_bit_is_enough(message, flip):
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    key = Ed25519PrivateKey.from_private_bytes(SEED)
    public, signature = key.public_key().public_bytes_raw(), key.sign(message.encode())
    number = int.from_bytes(signature, "little") ^ (1 << flip)
    changed = number.to_bytes(64, "little")
    named = f"ed25519:{public.hex()}"
    for given_, holds in ((signature, True), (changed, False)):
        assert is_signed(message, named, given_) == holds
        assert is_signed_alone(public, message.encode(), given_) == holds


@pytest.mark.parametrize(
    "named", ["", "ed25519:", "rsa:" + "00" * 32, "ed25519:" + "zz" * 32, "ed25519:" + "FF" * 32]
)
def test_a_key_that_is_none_has_signed_nothing(named):
    assert not is_signed("text", named, bytes(64))


@pytest.mark.parametrize("public", [b"", bytes(31), b"\xff" * 32])
def test_the_verifier_alone_takes_no_misshapen_key(public):
    assert not is_signed_alone(public, b"text", bytes(64))
