"""What a whole carer consultation by text costs: every text of ours, from the first to the thanks.

`pytest -s` shows the table: language, with a worry or without, texts, segments, pence.
"""

import dataclasses

import pytest
from sqlalchemy import select

from consult_app import clock
from consult_app.actions.inviting.invitations import invite
from consult_app.models.kinds import MessageKind, Role
from consult_app.models.message import Message
from tests import transcript
from tests.across.players import Phone
from tests.factories import make_involvement, make_iro, make_person, make_review

MOST = {"en-GB": 12, "ar": 24, "ti": 24}
PLAYED = {each.language: each for each in transcript.ALL if each.role == "carer"}
ADDRESS = "https://say.westmere.example"
"""With it a link has 53 signs, as long as a real one."""


def turns(played, *, worried: bool) -> list[str]:
    """What the carer sends; somebody with a worry is asked one question more."""
    said = [text for asked, text in played.turns if asked != "worried"]
    at = next(n for n, (asked, _) in enumerate(played.turns) if asked == "worries")
    said[at] = "1" if worried else "2"
    free = next(text for asked, text in played.turns if asked == "working")
    return [*said[: at + 1], *([free] if worried else []), *said[at + 1 :]]


def asked_by_the_service(database, settings, played, number: str) -> None:
    """A review in ten days and a carer with a telephone: the service asks by itself."""
    with database.transaction() as session:
        review = make_review(session, iro=make_iro(session, name="Robin Sample"))
        person = make_person(session, mobile=number, language_read=played.language)
        make_involvement(session, review.child, Role.CARER, person=person, contact_ok=True)
        assert invite(session, settings, clock.today(), clock.now()).invited == 1


@pytest.mark.parametrize("worried", [False, True], ids=["well", "worried"])
@pytest.mark.parametrize("tag", sorted(MOST))
def test_a_whole_carer_consultation_by_text(database, settings, tag, worried) -> None:
    """The longest way through, with a worry and so two notices where to ring, costs no more."""
    settings = dataclasses.replace(settings, public_url=ADDRESS)
    played, phone = PLAYED[tag], Phone(database, settings)
    asked_by_the_service(database, settings, played, phone.number)
    said = ["1", *turns(played, worried=worried)]
    for text in said:
        phone.say(text)
    with database.reading() as session:
        texts = session.scalars(select(Message).order_by(Message.id)).all()
        parts = [text.segments for text in texts]
    cost = (
        f"{len(parts):3} texts {sum(parts):3} segments {sum(parts) * settings.segment_pence:6.1f}p"
    )
    print(f"\n{tag:6} {'worried' if worried else 'well':8}{cost}  {parts}")
    assert texts[0].kind is MessageKind.INVITATION
    assert len(parts) == len(said) + 1
    assert sum(parts) <= MOST[tag], parts
