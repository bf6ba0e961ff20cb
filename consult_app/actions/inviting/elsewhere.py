"""Where no text arrives: the same invitation once more, by another way that the files name."""

from datetime import date

from consult_app.actions.inviting import asking
from consult_app.actions.inviting.asking import INVITING, Desk, Note
from consult_app.models.consultation import Consultation
from consult_app.models.kinds import ConsultationStatus, MessageKind

ELSEWHERE = Note(
    "invite", "elsewhere", MessageKind.INVITATION, INVITING, elsewhere=True, each_way=True
)


def ask_elsewhere(desk: Desk, on: date) -> int:
    """Ask whom no invitation has reached, by the next way; how many. No way is tried twice."""
    unreached = asking.still_ahead(desk, ConsultationStatus.UNDELIVERABLE, on)
    return sum(_ask(desk, row) for row in unreached)


def _ask(desk: Desk, row: Consultation) -> bool:
    sent = asking.send(desk, row, ELSEWHERE)
    if sent:
        row.status = ConsultationStatus.SENT
    return sent
