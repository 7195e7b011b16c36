"""What one socket's transport does wrong stays with that socket."""

from typing import Any

from helpdesk.realtime.consumer import LiveConsumer


class Consumer(LiveConsumer):
    """Bare: only what sending needs."""

    def __init__(self, fails: bool) -> None:
        super().__init__()
        self.fails = fails
        self.written: list[str] = []
        self.base_send = self.write

    async def write(self, message: dict[str, Any]) -> None:
        if self.fails:
            raise ValueError("the transport has a fault of its own")
        self.written.append(message["text"])


async def test_a_frame_that_need_not_wait_is_written_at_once() -> None:
    socket = Consumer(fails=False)
    socket.push("one")
    socket.push("two")
    assert socket.written == ["one", "two"]
    assert socket.flushing is None


async def test_a_fault_in_sending_never_reaches_who_pushes() -> None:
    socket = Consumer(fails=True)
    socket.push("one")
    assert socket.flushing is None
