import os
import signal
import threading

import pytest

from interaxion.sitewide.management.stopping import ctrl_c_waits


@pytest.fixture(autouse=True)
def heard():
    """Whatever started the tests may have told them to ignore Ctrl-C, as a shell does in the background."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


def test_ctrl_c_waits_until_it_is_asked_for():
    with ctrl_c_waits() as stop_if_requested:
        stop_if_requested()
        os.kill(os.getpid(), signal.SIGINT)

        with pytest.raises(KeyboardInterrupt):
            stop_if_requested()

    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


def test_second_ctrl_c_stops_at_once():
    with pytest.raises(KeyboardInterrupt), ctrl_c_waits():
        os.kill(os.getpid(), signal.SIGINT)
        os.kill(os.getpid(), signal.SIGINT)


def test_thread_has_no_signals_to_wait_for():
    told = []

    def work() -> None:
        with ctrl_c_waits() as stop_if_requested:
            stop_if_requested()
            told.append("done")

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()

    assert told == ["done"]


def test_ctrl_c_stays_ignored_where_it_was():
    signal.signal(signal.SIGINT, signal.SIG_IGN)

    with ctrl_c_waits() as stop_if_requested:
        os.kill(os.getpid(), signal.SIGINT)
        stop_if_requested()
