"""Reconciles the cells of this process with those that the log knows, after a gap."""

from ..core.room_changes import Put, Restored
from .appearances import Appearances
from .cells import Cell
from .host import Host
from .live_room import LiveRoom


def reconciled(host: Host, change: Restored, node: str, appearances: Appearances) -> list[Put]:
    """Delete the cells that the log does not know. Returns our own (`node`), to be put again, if it has lost them."""
    known = {(put.room, put.place, put.audience, name) for put in change.cells for name in put.cells}
    again = []
    for live in list(host.live.values()):
        for audience, name, cell in live.cells:
            if change.lost and cell.node == node:
                again.append(_put_again(live, audience, name, cell, appearances.of(cell.owner)))
            elif (live.room.name, live.place, audience, name) not in known:
                live.put_cell(audience, name, None)
                host.mark(live, [audience])
    return again


def _put_again(live: LiveRoom, audience: str, name: str, cell: Cell, seen: str) -> Put:
    """The record that puts a cell which is here; `seen` is the appearance of its owner."""
    return Put(
        live.room.name,
        live.place,
        {name: cell.value},
        audience,
        of=cell.owner,
        seen=seen,
        while_here=cell.while_here,
        until=cell.until,
        made=cell.made,
        node=cell.node,
    )
