"""What the tables of decisions share: one row asked of `decide()`, and the kinds of refusal."""

from pathways.engine import Actor, Broken, Question, Refused, decide
from pathways.roles import Role

NOT_YET, NOT_THEIRS, NOT_HERE = "not_yet", "not_theirs", "not_here"

THEN = "2026-11-03T10:00:00+00:00"
LATER = "2026-11-24T10:00:00+00:00"


def asked(found, state, trigger, role: Role, knowing, *, overrides=None):
    """What `decide()` answers to a person who holds this one role."""
    question = Question(found, state, knowing)
    return decide(question, trigger, Actor(role.value, frozenset({role})), overrides=overrides)


def led(found, state, trigger, role, knowing, *, overrides=None) -> str:
    """The state that the decision leads to, or the kind of its refusal."""
    answer = asked(found, state, trigger, role, knowing, overrides=overrides)
    assert not isinstance(answer, Broken), answer
    return answer.kind if isinstance(answer, Refused) else answer.dest


def lacking(found, state, trigger, role, knowing) -> set[str]:
    """The conditions that a refusal names."""
    answer = asked(found, state, trigger, role, knowing)
    assert isinstance(answer, Refused)
    return {reason.condition.id for reason in answer.reasons if reason.condition}
