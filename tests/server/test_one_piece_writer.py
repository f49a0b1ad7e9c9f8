"""A response leaves in one piece."""

import io

import pytest

from server.one_piece_writer import OnePieceWriter


class Connection(io.RawIOBase):
    """Takes at most `room` bytes at a time, as a full socket does."""

    def __init__(self, room):
        self.pieces, self.room = [], room

    def writable(self):
        return True

    def write(self, data):
        self.pieces.append(bytes(data[: self.room]))
        return len(self.pieces[-1])


@pytest.mark.parametrize("length", [0, 100, 10_000])
def test_a_head_and_a_body_are_sent_together(length):
    connection, body = Connection(room=100_000), b"x" * length
    writer = OnePieceWriter(connection, 2048)
    writer.writelines([b"head: 1", b"\r\n\r\n", body])
    writer.flush()
    assert connection.pieces == [b"head: 1\r\n\r\n" + body]


def test_nothing_is_lost_when_the_client_takes_little():
    connection = Connection(room=1000)
    writer = OnePieceWriter(connection, 2048)
    writer.writelines([b"head", b"x" * 5000])
    writer.flush()
    assert b"".join(connection.pieces) == b"head" + b"x" * 5000
