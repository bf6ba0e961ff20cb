"""No more e-mails: the link in each leads to a button, and the button to the list of who said stop.

The link names a person's row and proves itself by a keyed hash over the address it stands in, so
nothing is stored for it, nothing can be guessed, and it is void once the address has changed.
"""

import hmac

from sqlalchemy.orm import Session

from consult_app import sealing
from consult_app.db import read_id
from consult_app.models.person import Person
from consult_app.outbox import opted_out

PROOF_LENGTH = 32


def address(public_url: str, person: Person) -> str:
    """Where the person of an e-mail says that they want no more."""
    return f"{public_url}/no-more/{person.id}-{_proofs(person)[0]}"


def whose(session: Session, token: str) -> Person | None:
    """The person of such a link; None when it was not made for the address they have now."""
    number, _, proof = token.partition("-")
    person_id = read_id(number)
    person = None if person_id is None else session.get(Person, person_id)
    if person is None or not person.email:
        return None
    fits = [hmac.compare_digest(proof.encode(), known.encode()) for known in _proofs(person)]
    return person if any(fits) else None


def stop(session: Session, token: str) -> Person | None:
    """Write to this address no more, and cancel what is queued. None when the link is not ours."""
    person = whose(session, token)
    if person is not None and person.email:
        opted_out.add(session, sealing.ring().hashes(person.email))
    return person


def _proofs(person: Person) -> list[str]:
    """Newest key first; an older key's proof still counts while the key is held."""
    return [h[:PROOF_LENGTH] for h in sealing.ring().hashes(f"stop {person.id} {person.email}")]
