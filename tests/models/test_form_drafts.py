"""Forms that were begun: their owner's alone, out of sight with their case, emptied with what they were for."""

from __future__ import annotations

from contextlib import nullcontext
from datetime import timedelta
from types import SimpleNamespace

import pytest

from commands.forms import Form
from models import form_drafts
from models.casework import Casework
from models.form_drafts import FinishedElsewhere, NoSuchForm
from models.letting_in import exclude
from models.people import NewPerson, add_practitioner
from models.refusals import RefusedMove
from models.store import open_store
from models.viewer import Viewer
from pathways import pathway
from pathways.roles import Role
from tests.casefile import COORDINATOR, complete
from tests.logins import SINCE, an_office
from tests.models.office import NOW, Office
from tests.models.sealed import CANARY, concern, opened

ANSWERS = {"words": ["open", "referral"], "given": {}, "lines": [["What happened?", "", CANARY]]}


@pytest.fixture
def office(store, rules):
    return Office(store, rules)


def kept(store, **other):
    told = {"command": "open referral", "target": "", "answers": ANSWERS, "now": NOW} | other
    return form_drafts.save(store, None, **told)


def lying(store):
    """What stands in the table, past all our own code."""
    return [
        str(each)
        for (each,) in store.connection.execute("SELECT answers FROM form_draft ORDER BY id").fetchall()
    ]


def test_a_form_is_seen_by_whoever_began_it_and_by_nobody_else(office):
    office.sit("worker")
    number = kept(office.store)
    assert [each.answers for each in form_drafts.begun(office.store)] == [ANSWERS]
    office.sit("second")
    assert form_drafts.begun(office.store) == []
    for refused in (form_drafts.find, lambda store, form: form_drafts.drop(store, form, NOW)):
        with pytest.raises(NoSuchForm):
            refused(office.store, number)
    with pytest.raises(FinishedElsewhere):
        form_drafts.save(office.store, number, command="x", target="", answers={}, now=NOW)


def test_everybodys_forms_are_numbered_from_one_on_whatever_others_begin(office):
    numbers = []
    for login in ("worker", "second", "worker", "second", "worker"):
        office.sit(login)
        numbers.append(kept(office.store))
    assert numbers == [1, 1, 2, 2, 3]
    form_drafts.drop(office.store, 1, NOW)
    assert [each.number for each in form_drafts.begun(office.store)] == [2, 3], "a number stays what it was"
    office.sit("second")
    assert form_drafts.find(office.store, 1).answers == ANSWERS
    for none in (0, -1, 3):
        with pytest.raises(NoSuchForm):
            form_drafts.find(office.store, none)


def test_a_form_about_a_case_that_is_hidden_from_them_since_is_as_if_it_did_not_exist(office):
    case = office.child()
    office.sit("worker")
    number = kept(office.store, target=case)
    assert form_drafts.find(office.store, number).target == case
    exclude(
        office.store,
        case,
        "worker",
        actor=office.actor("manager"),
        now=NOW,
        because="a relative of the family",
    )
    office.sit("worker", NOW + timedelta(minutes=1))
    assert form_drafts.begun(office.store) == []
    with pytest.raises(NoSuchForm):
        form_drafts.find(office.store, number)


def test_a_form_is_finished_with_what_it_was_for_and_never_writes_twice(office):
    office.sit("worker")
    number = kept(office.store)
    records = pathway("front_door").entry("referral").records
    about = {"person": NewPerson(given="Jay", family="Bird"), "actor": COORDINATOR, "now": NOW}
    about |= {"answers": complete(records, NOW.date().isoformat())}
    with_form = Casework(office.store, office.rules, number)
    first = with_form.open("front_door", "referral", **about)
    assert form_drafts.begun(office.store) == []
    assert CANARY not in "".join(lying(office.store))
    with pytest.raises(FinishedElsewhere):
        with_form.open("front_door", "referral", **about | {"person": NewPerson(given="Jay", family="Bird")})
    with office.store.reading() as tx:
        assert tx.one("case_by_reference", reference=first.reference) is not None
        assert len(tx.all("people_by_name", folded="jay bird", sounds="", letter="", after="", most=9)) == 1


def test_a_refused_move_leaves_its_form(office):
    case = office.child()
    office.sit("worker")
    number = kept(office.store, target=case)
    with pytest.raises(RefusedMove):
        Casework(office.store, office.rules, number).make(
            case, "close", actor=office.actor("worker"), now=NOW
        )
    assert form_drafts.find(office.store, number).answers == ANSWERS


def test_after_thirty_days_without_an_answer_a_form_is_dropped_and_emptied(office):
    office.sit("worker")
    old, newer = kept(office.store), kept(office.store, now=NOW + timedelta(seconds=1))
    assert form_drafts.drop_old(office.store, NOW + timedelta(days=30)) == 0
    assert form_drafts.drop_old(office.store, NOW + timedelta(days=30, seconds=1)) == 1
    assert [each.number for each in form_drafts.begun(office.store)] == [newer]
    assert old != newer
    assert CANARY not in lying(office.store)[0]


@pytest.fixture(params=["sqlcipher_url", "migrated_url"])
def sealed(request):
    with opened(request.getfixturevalue(request.param)) as store:
        with store.writing() as tx:
            who = add_practitioner(
                tx, "worker", "worker", agency="local authority", team="", from_on=SINCE, recorded_at=NOW
            )
        yield store, who


def test_in_a_sealed_store_answers_lie_sealed_and_go_with_their_case(sealed, rules):
    store, who = sealed
    case = concern(store, rules)
    store.viewer = Viewer(who, clears="*")
    for about in ("", case):
        kept(store, target=about)
    assert CANARY not in "".join(lying(store))
    assert [each.answers for each in form_drafts.begun(store)] == [ANSWERS, ANSWERS]
    with store.writing() as tx:
        tx.run("drop_case_key", case_ref=case)
    assert [each.target for each in form_drafts.begun(store)] == [""]


def test_postgresql_shows_a_form_to_its_owner_alone_also_past_our_own_code(postgres_cluster):
    with an_office(postgres_cluster) as office:
        urls = {name: office.staff(name, Role.SOCIAL_WORKER) for name in ("worker", "other")}
        with open_store(urls["worker"]) as store:
            store.viewer = Viewer(office.number("worker"))
            number = kept(store)
            assert form_drafts.find(store, number).answers == ANSWERS
        assert office.ask(urls["worker"], "SELECT id FROM form_draft") == [(number,)]
        assert office.ask(urls["other"], "SELECT id FROM form_draft") == []
        with open_store(office.service()) as store:
            assert form_drafts.drop_old(store, NOW + timedelta(days=31)) == 1


def test_a_connection_that_is_lost_in_the_middle_of_a_form_loses_no_answer(
    migrated_url, postgres_cluster, capsys
):
    with open_store(migrated_url) as store:
        with store.writing() as tx:
            who = add_practitioner(
                tx, "worker", "worker", agency="local authority", team="", from_on=SINCE, recorded_at=NOW
            )
        store.viewer = Viewer(who)
        form = Form(SimpleNamespace(store=store, now=NOW), "open referral", ["open", "referral"], "", {})
        form.keep()
        ((own,),) = store.connection.execute("SELECT pg_backend_pid()").fetchall()
        with postgres_cluster.connect() as server:
            server.execute("SELECT pg_terminate_backend(%s)", (own,))
        form.heard("What happened?", "", CANARY)
        form.keep()
        assert capsys.readouterr().err == ""
    with open_store(migrated_url) as store:
        store.viewer = Viewer(who)
        assert form_drafts.find(store, form.number).answers["lines"] == ANSWERS["lines"]


def test_where_nothing_can_be_kept_the_form_goes_on_and_says_so_once(sqlite_url, capsys):
    with open_store(sqlite_url) as store:
        store.viewer = Viewer(1)
        store.connection.execute("PRAGMA query_only=ON")
        form = Form(SimpleNamespace(store=store, now=NOW), "open referral", ["open", "referral"], "", {})
        with pytest.MonkeyPatch.context() as patched:
            patched.setattr("models.store.open_store", lambda url: nullcontext(store))
            for _ in range(2):
                form.heard("What happened?", "", CANARY)
                form.keep()
        said = capsys.readouterr().err
    assert said.count("What you type cannot be kept just now.") == 1
    assert CANARY not in said
