"""The SQL engine, loaded only when rows are asked for."""

import signal
import socket
import tempfile
import threading
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING, Final

from comity.events.errors import StoreError

if TYPE_CHECKING:
    import duckdb

MEMORY_LIMIT: Final = "1GB"  # what does not fit goes to the temporary folder
INTERRUPTED: Final = "Query interrupted"  # what the engine makes of a Ctrl-C that it hears itself


@contextmanager
def connect(
    temporary: str = "", *, memory_limit: str = MEMORY_LIMIT
) -> "Iterator[duckdb.DuckDBPyConnection]":
    """Open an engine of its own for one question.

    Raises
    ------
    StoreError : the engine cannot read or write the rows
    """
    import duckdb  # a case without imported rows never needs it

    folder = temporary or tempfile.gettempdir()
    try:
        with (
            closing(
                duckdb.connect(config={"memory_limit": memory_limit, "temp_directory": folder})
            ) as engine,
            _interruptible(engine),
        ):
            yield engine
    except duckdb.InterruptException:
        raise KeyboardInterrupt from None
    except duckdb.Error as error:
        raise StoreError(
            f"the stored rows cannot be read or written: {str(error).splitlines()[0]}",
            remedy="If a file of the store is missing or damaged, remove its import and import it again.",
        ) from None
    except RuntimeError as error:
        if str(error) != INTERRUPTED:
            raise
        raise KeyboardInterrupt from None


@contextmanager
def _interruptible(engine: "duckdb.DuckDBPyConnection") -> Iterator[None]:
    """Stop a query on Ctrl-C. Python hears of it only after the query, so a thread listens for it."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    listener, bell = socket.socketpair()
    bell.setblocking(False)
    before = signal.set_wakeup_fd(bell.fileno(), warn_on_full_buffer=False)
    watch = threading.Thread(target=_watch, args=(listener, engine), daemon=True)
    watch.start()
    try:
        yield
    finally:
        signal.set_wakeup_fd(before)
        bell.close()
        watch.join()
        listener.close()


def _watch(listener: socket.socket, engine: "duckdb.DuckDBPyConnection") -> None:
    while rung := listener.recv(1):
        if rung[0] == signal.SIGINT:
            engine.interrupt()


def literal(text: object) -> str:
    """Quote a text for SQL."""
    return "'" + str(text).replace("'", "''") + "'"


def listed(values: Iterable[object]) -> str:
    """Quote a list of texts for SQL."""
    return "(" + ", ".join(literal(value) for value in values) + ")"
