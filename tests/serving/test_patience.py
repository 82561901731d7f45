import threading

from interaxion.serving import patience


def test_clock_runs_only_while_a_request_is_at_work():
    assert not patience.find_overdue(0)
    with patience.at_work():
        working = patience.find_overdue(-1)
        with patience.waiting():
            waiting = patience.find_overdue(-1)
        after = patience.find_overdue(-1)

    assert working == after == {threading.get_ident()}
    assert not waiting
    assert not patience.find_overdue(-1)


def test_clock_begins_anew_after_waiting_and_after_each_part():
    with patience.at_work():
        began_at = patience._began_at.copy()
        patience.go_on()
        went_on_at = patience._began_at.copy()
        with patience.waiting():
            pass
        heard_at = patience._began_at.copy()

    assert began_at != went_on_at != heard_at


def test_clock_of_who_serves_no_request_is_left_alone():
    patience.go_on()
    with patience.waiting():
        pass

    assert patience.count_at_work() == 0
