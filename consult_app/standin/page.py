"""The stand-in's own page: what it took, and a button for each thing that can go wrong."""

from html import escape

from consult_app.standin.ledger import StandIn, Text

FAULTS = {
    "429": "too many requests, Retry-After 90",
    "500": "a fault before it was taken",
    "take-then-500": "a fault after it was taken",
    "hang": "taken, answered too late",
    "lose": "not taken, answered too late",
    "drop": "not taken, connection dropped",
    "take-then-drop": "taken, connection dropped",
    "21211": "not a telephone number",
    "21610": "the number said STOP",
    "30001": "the queue is full",
}
NEWEST = 50
HEAD = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Stand-in</title>
<meta name="viewport" content="width=device-width"><style>body{font:1rem/1.5 sans-serif;
margin:1rem auto;max-width:60rem;padding:0 1rem}td,th{text-align:start;padding:.2rem .6rem}
</style></head><body>"""


def draw(stand_in: StandIn) -> str:
    """The whole page."""
    with stand_in.lock:
        waiting, taken = list(stand_in.faults), list(stand_in.texts)
    buttons = "".join(
        f'<p><button name="fault" value="{name}">{name}</button> {words}</p>'
        for name, words in FAULTS.items()
    )
    rows = "".join(_row(text) for text in reversed(taken[-NEWEST:]))
    return (
        f"{HEAD}<h1>Stand-in for a text provider</h1>"
        f"<p>{len(taken)} texts. Next faults: {escape(', '.join(waiting)) or 'none'}.</p>"
        f'<h2>Break the next calls</h2><form method="post" action="/standin/faults">'
        f'<p><label>How many calls <input name="count" value="1" size="4"></label></p>'
        f'{buttons}<p><button name="fault" value="">no faults</button></p></form>'
        f'<h2>A text comes in</h2><form method="post" action="/standin/inbound">'
        f'<p><label>From <input name="From" value="+447700900123"></label> '
        f'<label>Words <input name="Body"></label> '
        f'<label><input type="checkbox" name="missed" value="yes"> its webhook is lost</label> '
        f"<button>Send</button></p></form>"
        f"<h2>Newest texts</h2><table><tr><th>when<th>way<th>to<th>state<th>words</tr>"
        f"{rows}</table></body></html>"
    )


def _row(text: Text) -> str:
    when = f"{text.made_at:%H:%M:%S}"
    cells = (when, text.direction, text.to, text.status)
    return (
        "<tr>"
        + "".join(f"<td>{escape(cell)}" for cell in cells)
        + f'<td dir="auto">{escape(text.body)}</tr>'
    )
