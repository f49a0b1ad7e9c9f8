"""The live rooms of a process as an operator may see them.

A row holds only what everyone at that place gets, and nothing of other audiences. A room that only hidden people have
joined has no row; and rows are sorted, because the order in which rooms opened may be the work of someone hidden.
"""

from dataclasses import dataclass

from .host import Host
from .live_room import LiveRoom


@dataclass(frozen=True, slots=True)
class RoomRow:
    """`people` is None in a room that does not say who is in it, `seq` while no one is there who counts.

    `signals` and `dropped` count since someone who counts came to this process: the signals taken, and those that came
    when the process had no time. They never go down by themselves.
    """

    room: str
    place: str
    people: int | None
    cells: int
    seq: int | None
    signals: int
    dropped: int


def rows(host: Host) -> list[RoomRow]:
    """The rows of all live rooms. With the node locked."""
    shown = [live for live in host.live.values() if live.is_noticed("") or live.cells or live.attendees.total]
    return sorted(map(_row, shown), key=lambda row: (row.room, row.place))


def _row(live: LiveRoom) -> RoomRow:
    board = live.audiences[""].board if live.is_noticed("") else None
    return RoomRow(
        room=live.room.name,
        place=live.place,
        people=live.attendees.total if live.room.has_people else None,
        cells=len(board.cells if board else live.cells.values("")),
        seq=board.seq if board else None,
        signals=live.signals,
        dropped=live.dropped,
    )
