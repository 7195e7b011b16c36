from tests.support.live import _end_connections, _same_sigterm

__all__ = ["_end_connections", "_same_sigterm"]
