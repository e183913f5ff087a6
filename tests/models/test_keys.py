"""Where a store's key comes from, what it opens, and how another takes its place."""

from __future__ import annotations

import os
import shutil

import pytest

from models import keys
from models.connecting import WrongKey, sqlite_path
from models.driver_faults import Busy
from models.keys import Keys, Note, Slot, find, fresh, keys_of, note_of, note_path, write_note
from models.place import file_system, refuse_place, unfit_place
from models.rekeying import change, forget_past, keep_here, on_paper, sources
from models.schema import upgrade
from models.store import open_store
from pathways.errors import NOT_READY, Mistyped, NotReady
from tests.models.sealed import CANARY, concern, opened, whole

PASSPHRASE = "four words that wander"


@pytest.fixture(autouse=True)
def nothing_is_known(monkeypatch):
    """A process that has found no key yet, with none handed over and nobody at a terminal."""
    monkeypatch.setattr(keys, "_known", {})
    monkeypatch.delenv("CREDENTIALS_DIRECTORY")
    monkeypatch.setattr(keys, "_terminal", lambda: False)


@pytest.fixture
def keyring(monkeypatch):
    """A keyring of the test's own, as a dictionary."""
    import keyring as library
    from keyring.backend import KeyringBackend

    class Fake(KeyringBackend):
        priority = 5
        held: dict = {}  # noqa: RUF012

        def get_password(self, service, username):
            return self.held.get((service, username))

        def set_password(self, service, username, password):
            self.held[service, username] = password

        def delete_password(self, service, username):
            del self.held[service, username]

    backend = Fake()
    backend.held = {}
    monkeypatch.setattr(library, "get_keyring", lambda: backend)
    return backend.held


@pytest.fixture
def terminal(monkeypatch):
    """Somebody at a terminal, who types these one after the other."""
    typed: list[str] = []
    asked: list[str] = []

    def ask(question):
        asked.append(question)
        return typed.pop(0)

    monkeypatch.setattr(keys, "_terminal", lambda: True)
    monkeypatch.setattr(keys.getpass, "getpass", ask)
    typed_and_asked = (typed, asked)
    return typed_and_asked


def forgotten(monkeypatch):
    monkeypatch.setattr(keys, "_known", {})


def begin(tmp_path):
    """A store with the key that `fresh` makes."""
    path = tmp_path / "home" / "store.db"
    path.parent.mkdir(mode=0o700)
    slot, made = fresh()
    write_note(path, Note((slot,)))
    url = f"sqlite:///{path}"
    upgrade(url)
    return url, made


def test_the_order_is_credential_then_variable_then_keyring_then_terminal(
    tmp_path, monkeypatch, keyring, terminal
):
    typed, asked = terminal
    monkeypatch.setenv("PATHWAYS_PASSPHRASE", PASSPHRASE)
    slot, made = fresh()
    assert made.source == "PATHWAYS_PASSPHRASE"
    folder = tmp_path / "handed over"
    folder.mkdir()
    (folder / "pathways-key").write_text(f"{PASSPHRASE}\n")
    typed += ["something else", PASSPHRASE]
    for source, prepare in (
        ("passphrase", lambda: monkeypatch.delenv("PATHWAYS_PASSPHRASE")),
        ("keyring", lambda: keyring.update({("pathways", f"store {slot.name}"): made.master.hex()})),
        ("PATHWAYS_PASSPHRASE", lambda: monkeypatch.setenv("PATHWAYS_PASSPHRASE", PASSPHRASE)),
        ("service manager", lambda: monkeypatch.setenv("CREDENTIALS_DIRECTORY", str(folder))),
    ):
        prepare()
        forgotten(monkeypatch)
        (found,) = find([slot])
        assert (found.source, found.master) == (source, made.master)
    assert asked == ["Passphrase of these records: "] * 2, "a slip of the hand may be put right"


def test_a_new_passphrase_is_asked_again_after_a_slip_of_the_hand(terminal, capsys):
    typed, _ = terminal
    typed += ["too short", PASSPHRASE, "something else", PASSPHRASE, PASSPHRASE]
    assert keys.ask_new() == PASSPHRASE
    assert "12 characters or more" in (said := capsys.readouterr().err)
    assert "The two are not the same." in said


def test_a_passphrase_is_stretched_once_in_a_process(monkeypatch):
    monkeypatch.setenv("PATHWAYS_PASSPHRASE", PASSPHRASE)
    slot, _ = fresh()
    forgotten(monkeypatch)
    find([slot])
    monkeypatch.setattr(keys, "scrypt", None)
    assert find([slot])[0].source == "PATHWAYS_PASSPHRASE"


def test_a_key_of_64_digits_is_taken_as_it_is(monkeypatch):
    monkeypatch.setenv("PATHWAYS_PASSPHRASE", "0F" * 32)
    slot, made = fresh()
    assert made.master == bytes([15]) * 32
    forgotten(monkeypatch)
    assert find([slot])[0].master == made.master


def test_without_a_key_nothing_opens_and_it_is_said_where_it_should_be(tmp_path, monkeypatch, keyring):
    url, made = begin(tmp_path)
    keyring.clear()
    forgotten(monkeypatch)
    with pytest.raises(NotReady, match="key is not to be found") as refused:
        open_store(url)
    assert refused.value.code == NOT_READY
    assert made.master.hex() not in str(refused.value)


def test_whoever_gives_another_passphrase_is_told_that_it_is_another(tmp_path, monkeypatch, keyring):
    url, _ = begin(tmp_path)
    keyring.clear()
    forgotten(monkeypatch)
    monkeypatch.setenv("PATHWAYS_PASSPHRASE", "quite another phrase")
    said = r"what was handed over \(PATHWAYS_PASSPHRASE\) is another passphrase"
    with pytest.raises(NotReady, match=said) as refused:
        open_store(url)
    assert "quite another phrase" not in str(refused.value)


def test_another_stores_key_does_not_open_it_and_the_library_writes_nothing_of_its_own(
    tmp_path, monkeypatch, keyring, capfd
):
    url, _ = begin(tmp_path)
    path = sqlite_path(url)
    slot, _ = fresh()
    write_note(path, Note((slot,)))
    with pytest.raises(WrongKey, match="do not open with their key") as refused:
        open_store(url)
    assert refused.value.code == NOT_READY
    assert capfd.readouterr() == ("", "")


def test_the_key_is_nowhere_beside_the_store_nor_in_what_is_shown(tmp_path, monkeypatch, keyring):
    url, made = begin(tmp_path)
    with open_store(url) as store:
        shown = repr(store.keys) + str(vars(store))
    path = sqlite_path(url)
    there = b"".join(each.read_bytes() for each in path.parent.iterdir()) + shown.encode()
    for secret in (made.master, made.signing, made.wrapping, made.backup, bytes.fromhex(made.store)):
        assert secret not in there
        assert secret.hex().encode() not in there
    assert list(keyring) == [("pathways", f"store {made.name}")]


def test_the_file_is_encrypted_and_for_its_owner_alone(tmp_path, keyring):
    url, _ = begin(tmp_path)
    path = sqlite_path(url)
    assert not path.read_bytes().startswith(b"SQLite format 3")
    if os.name == "posix":
        assert path.parent.stat().st_mode & 0o777 == 0o700
        for each in path.parent.iterdir():
            assert each.stat().st_mode & 0o777 == 0o600, each.name
    with open_store(url) as store:
        assert store.connection.execute("PRAGMA secure_delete").fetchone() == (1,)
        assert store.connection.execute("PRAGMA foreign_keys").fetchone() == (1,)
        assert store.connection.execute("PRAGMA cipher_integrity_check").fetchall() == []


def test_an_open_file_in_an_encrypted_ones_place_is_refused(tmp_path, keyring, sqlite_url):
    url, _ = begin(tmp_path)
    shutil.copy(sqlite_path(sqlite_url), sqlite_path(url))
    with pytest.raises(NotReady, match="somebody put another file in their place"):
        open_store(url)


def test_real_records_that_lie_open_are_refused_unless_that_was_chosen(sqlite_url):
    with open_store(sqlite_url) as store, store.writing() as tx:
        tx.run("put_setting", name="authority", value="sefton")
    with open_store(sqlite_url) as store:
        assert store.unencrypted
        with store.writing() as tx:
            tx.run("put_setting", name="unencrypted", value="no")
    with pytest.raises(NotReady, match="for made-up data only"):
        open_store(sqlite_url)
    with open_store(sqlite_url, check=False) as store, store.writing() as tx:
        tx.run("put_setting", name="practice", value="yes")
    with open_store(sqlite_url) as store:
        assert not store.unencrypted


@pytest.mark.parametrize("text", ["", "{}", '{"slots": [{"name": "x"}], "past": []}', "[1]"])
def test_a_note_that_cannot_be_read_is_a_sentence(tmp_path, text):
    note_path(tmp_path / "store.db").write_text(text)
    with pytest.raises(NotReady, match="cannot be read"):
        note_of(tmp_path / "store.db")


def test_the_note_keeps_what_a_passphrase_needs(tmp_path):
    note = Note((Slot("aa", "bb", 15, 8, 2),), (Slot("cc", "dd"),))
    write_note(tmp_path / "store.db", note)
    assert note_of(tmp_path / "store.db") == note
    assert note_of(tmp_path / "other.db") is None


def test_a_new_passphrase_is_long_and_typed_twice_alike(terminal):
    typed, _ = terminal
    typed += ["too short"] * 3
    with pytest.raises(Mistyped, match="12 characters"):
        fresh()
    typed += [PASSPHRASE, PASSPHRASE + "s"] * 3
    with pytest.raises(Mistyped, match="not the same"):
        fresh()
    typed += [PASSPHRASE, PASSPHRASE]
    assert fresh()[1].source == "passphrase"


def test_with_nowhere_to_keep_a_key_none_is_made():
    with pytest.raises(NotReady, match="nowhere to keep a key"):
        fresh()


def test_a_keyring_that_keeps_secrets_in_clear_is_passed_over(monkeypatch, keyring):
    import keyring as library

    backend = library.get_keyring()
    type(backend).__module__ = "keyrings.alt.file"
    with pytest.raises(NotReady, match="nowhere to keep a key"):
        fresh()
    assert keyring == {}


def test_a_locked_keyring_is_as_none(monkeypatch, keyring, tmp_path):
    import keyring as library
    from keyring.errors import KeyringLocked

    url, _ = begin(tmp_path)

    def locked(*_):
        raise KeyringLocked

    monkeypatch.setattr(type(library.get_keyring()), "get_password", locked)
    forgotten(monkeypatch)
    with pytest.raises(NotReady, match="key is not to be found"):
        open_store(url)


def test_the_keys_are_hkdf_of_the_master():
    """RFC 5869 worked by the other library."""
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    master = bytes(range(32))
    made = Keys(master)
    wanted = HKDF(SHA256(), 32, b"pathways-keys-1", b"keys of cases").derive(master)
    assert made.wrapping == wanted


# --- another key --------------------------------------------------------------------------------------------------


def real(request, kind, tmp_path):
    if kind == "postgresql":
        return request.getfixturevalue("migrated_url")
    return begin(tmp_path)[0]


@pytest.mark.parametrize("kind", ["sqlcipher", "postgresql"])
def test_another_key_takes_over_and_everything_reads_as_before(
    request, kind, tmp_path, monkeypatch, keyring, rules
):
    url = real(request, kind, tmp_path)
    with opened(url) as store:
        reference = concern(store, rules)
        before = keys_of(store)[0]
    changed = change(url)
    assert (changed.source, changed.cases) == ("keyring", 1)
    keyring.pop(("pathways", f"store {before.name}"))
    forgotten(monkeypatch)
    with opened(url) as store:
        assert keys_of(store)[0].name != before.name
        whole(store)
        with store.reading() as tx:
            assert CANARY in str(
                tx.all("records_of_case", case_id=tx.need("case_by_reference", reference=reference).id)
            )
        concern(store, rules)


@pytest.mark.parametrize("where", ["rewrap", "_encrypt_anew", "_keep"])
def test_a_change_of_the_key_cut_short_anywhere_loses_nothing_and_goes_on(
    tmp_path, monkeypatch, keyring, rules, where
):
    from models import rekeying

    url, _ = begin(tmp_path)
    with opened(url) as store:
        concern(store, rules)
    real_one = getattr(rekeying, where)
    calls = []

    def cut(*given):
        calls.append(where)
        if where != "_keep" or len(calls) == 2:
            raise KeyboardInterrupt
        return real_one(*given)

    monkeypatch.setattr(rekeying, where, cut)
    with pytest.raises(KeyboardInterrupt):
        change(url)
    monkeypatch.setattr(rekeying, where, real_one)
    forgotten(monkeypatch)
    with opened(url) as store:
        whole(store)
    change(url)
    assert len(note_of(sqlite_path(url)).slots) == 1
    forgotten(monkeypatch)
    with opened(url) as store:
        whole(store)


def test_a_key_is_not_changed_while_somebody_is_at_work(tmp_path, keyring, rules, monkeypatch):
    monkeypatch.setattr("models.store.BUSY_SECONDS", 0.1)
    url, _ = begin(tmp_path)
    with opened(url) as other:
        concern(other, rules)
        with pytest.raises(Busy):
            change(url)
        whole(other)
    change(url)


def test_keys_of_before_are_forgotten_when_asked(tmp_path, keyring):
    url, before = begin(tmp_path)
    change(url)
    assert len(keyring) == 2
    assert forget_past(url) == 1
    assert f"store {before.name}" not in {name for _, name in keyring}
    assert note_of(sqlite_path(url)).past == ()


def test_where_the_key_is_can_be_seen_and_written_on_paper(tmp_path, keyring, monkeypatch):
    url, made = begin(tmp_path)
    assert [(each.name, each.there) for each in sources(url)] == [
        ("service manager", False), ("PATHWAYS_PASSPHRASE", False), ("keyring", True), ("passphrase", False),
    ]  # fmt: skip
    assert "".join(on_paper(url)).replace(" ", "") == made.master.hex()
    assert not keep_here(url)
    keyring.clear()
    forgotten(monkeypatch)
    monkeypatch.setenv("PATHWAYS_PASSPHRASE", made.master.hex())
    assert keep_here(url)
    assert list(keyring.values()) == [made.master.hex()]


def test_made_up_records_have_no_key_to_change(sqlite_url):
    with pytest.raises(NotReady, match="have no key"):
        change(sqlite_url)


# --- the place ---------------------------------------------------------------------------------------------------

MOUNTS = """\
/dev/sda1 / ext4 rw 0 0
//server/share /mnt/council\\040share cifs rw 0 0
server:/export /home nfs4 rw 0 0
/dev/sdb1 /home/local ext4 rw 0 0
"""


@pytest.mark.parametrize(
    ("path", "unfit"),
    [
        ("/var/lib/pathways/store.db", ""),
        ("/mnt/council share/store.db", "cifs"),
        ("/mnt/council/store.db", ""),
        ("/home/a.worker/store.db", "nfs4"),
        ("/home/local/store.db", ""),
        ("/var/OneDrive - Council/store.db", "OneDrive - Council"),
        ("/var/Dropbox (Work)/x/store.db", "Dropbox (Work)"),
        ("/var/Google Drive/store.db", "Google Drive"),
        ("/var/Nextcloud/store.db", "Nextcloud"),
        ("/var/iCloud Drive/store.db", "iCloud Drive"),
        ("/var/dropboxes/store.db", ""),
        ("/var/store-onedrive.db", ""),
    ],
)
def test_a_network_disk_or_a_copied_folder_is_no_place(tmp_path, path, unfit):
    from pathlib import Path

    mounts = tmp_path / "mounts"
    mounts.write_text(MOUNTS)
    assert unfit_place(Path(path), mounts) == unfit


def test_such_a_place_is_refused_before_anything_is_made(tmp_path):
    folder = tmp_path / "OneDrive"
    with pytest.raises(NotReady, match="cannot be kept there"):
        open_store(f"sqlite:///{folder / 'store.db'}", create=True)
    with pytest.raises(NotReady, match="cannot be kept there"):
        refuse_place(folder / "store.db")
    assert not folder.exists()
    assert file_system(tmp_path, tmp_path / "no mounts here") == ""
