"""The process that renders for a folder: it queues what is asked for, and forks workers to do it.

It never looks at a document itself, so that neither a crash nor an endless layout leaves a render without an
outcome. It has WeasyPrint loaded all the same: a worker forked from it is ready in a moment.
"""

from __future__ import annotations

import gc
import json
import os
import selectors
import signal
import socket
import time
from functools import partial
from pathlib import Path
from typing import Any

from opprod.reports.rendering import channel
from opprod.reports.rendering.crew import Member, cause_of_death
from opprod.reports.rendering.limits import Limits
from opprod.reports.rendering.locks import LOCK_FILE, open_lock, take
from opprod.reports.rendering.status import read_status
from opprod.reports.rendering.task import Task

LOOK_SECONDS = 1.0


class Daemon:
    """The renderer of one folder."""

    def __init__(self, directory: Path, listener: socket.socket, limits: Limits) -> None:
        self._directory = directory
        self._listener = listener
        self._limits = limits
        self._address = directory / channel.socket_name()
        self._socket = self._found_socket()
        self._selector = selectors.DefaultSelector()
        self._waiting: list[Task] = []
        self._crew: list[Member] = []
        self._watchers: dict[socket.socket, str] = {}
        self._idle_since = time.monotonic()
        self._told_to_stop = False

    def run(self) -> None:
        """Serve until nothing has been asked for in a while, the folder is gone, or somebody says stop."""
        self._selector.register(self._listener, selectors.EVENT_READ, self._accept)
        self._engage(self._limits)
        try:
            while not self._may_end():
                self._serve_once(self._patience())
        finally:
            for member in self._crew:
                member.bury()

    def _serve_once(self, seconds: float) -> bool:
        """Deal with what comes within so many seconds; say whether anything did."""
        events = self._selector.select(seconds)
        for key, _ in events:
            key.data()
        self._end_late()
        self._hand_out()
        return bool(events)

    # When to go on

    def _patience(self) -> float:
        deadlines = [task.deadline for task in (*self._waiting, *self._under_way())]
        soonest = min(deadlines, default=float("inf")) - time.monotonic()
        return max(0.0, min(soonest, LOOK_SECONDS))

    def _may_end(self) -> bool:
        if self._told_to_stop or not self._directory.is_dir():
            self._address.unlink(missing_ok=True)
            return True
        if self._waiting or self._under_way():
            self._idle_since = time.monotonic()
            return False
        found = self._found_socket()
        if found == self._socket and time.monotonic() < self._idle_since + self._limits.idle_seconds:
            return False
        # Whoever starts a render holds the folder's lock until the daemon has been told.
        lock = open_lock(self._directory / LOCK_FILE)
        try:
            if not take(lock) or self._serve_once(0):
                return False
            if found == self._socket:
                self._address.unlink()
            self._listener.close()
        finally:
            os.close(lock)
        return True

    def _found_socket(self) -> int | None:
        try:
            return self._address.stat().st_ino
        except FileNotFoundError:
            return None

    # Those who ask

    def _accept(self) -> None:
        caller, _ = self._listener.accept()
        caller.setblocking(False)
        self._selector.register(caller, selectors.EVENT_READ, partial(self._hear, caller))

    def _hear(self, caller: socket.socket) -> None:
        message, handles = channel.receive(caller)
        match message:
            case {"render": str(key), "limits": dict(limits)} if handles:
                self._take_on(self._directory / key, handles[0], Limits(**limits))
            case {"watch": str(key)} if any(key == task.key for task in (*self._waiting, *self._under_way())):
                self._watchers[caller] = key
                return
            case {"stop": True}:
                self._told_to_stop = True
                return  # to be hung up on by the end of this process tells that it has ended
        self._hang_up(caller)

    def _hang_up(self, caller: socket.socket) -> None:
        self._watchers.pop(caller, None)
        self._selector.unregister(caller)
        caller.close()

    def _watchers_of(self, task: Task) -> list[socket.socket]:
        return [caller for caller, key in self._watchers.items() if key == task.key]

    # What they ask for

    def _take_on(self, folder: Path, lock: int, limits: Limits) -> None:
        try:
            self._waiting.append(Task(folder, lock, limits, read_status(folder)))
        except FileNotFoundError:
            os.close(lock)  # the folder is gone again

    def _under_way(self) -> list[Task]:
        return [member.task for member in self._crew if member.task is not None]

    def _hand_out(self) -> None:
        for task in list(self._waiting):
            suited = [member for member in self._crew if member.suits(task)]
            ready = next((member for member in suited if member.is_ready), None)
            if ready is not None:
                self._waiting.remove(task)
                self._give(ready, task)
            elif len(self._waiting) > sum(member.is_coming for member in suited) and self._has_room():
                self._engage(task.limits)

    def _give(self, member: Member, task: Task) -> None:
        try:
            member.give(task)
        except OSError:
            # The task's folder is gone, or the disk is full.
            self._close(task)

    def _close(self, task: Task) -> None:
        task.close()
        for caller in self._watchers_of(task):
            self._hang_up(caller)

    def _end_late(self) -> None:
        now = time.monotonic()
        for task in [task for task in self._waiting if task.deadline <= now]:
            self._waiting.remove(task)
            task.fail_for_time()
            self._close(task)
        for member in list(self._crew):
            if member.task is not None and member.task.deadline <= now:
                self._dismiss(member)
                member.task.fail_for_time()
                self._close(member.task)

    # Those who do it

    def _engage(self, limits: Limits) -> None:
        member = Member(limits)
        self._crew.append(member)
        self._selector.register(member.connection, selectors.EVENT_READ, partial(self._listen_to, member))

    def _dismiss(self, member: Member) -> int:
        self._crew.remove(member)
        self._selector.unregister(member.connection)
        return member.bury()

    def _has_room(self) -> bool:
        """Say whether one more may be engaged, one that does nothing dismissed for it if need be."""
        if len(self._crew) < self._limits.renders_at_once:
            return True
        idle = next((member for member in self._crew if member.is_ready), None)
        if idle is not None:
            self._dismiss(idle)
        return idle is not None

    def _listen_to(self, member: Member) -> None:
        message = member.hear()
        if not message:
            self._bury(member)
        elif message.get("over") and member.task is not None:
            task, member.task = member.task, None
            self._settle(task, message, may_do_elsewhere=message.get("may_do_elsewhere", False) and member.served > 1)
        elif member.task is not None and member.task.advance(message):
            for caller in self._watchers_of(member.task):
                channel.notify(caller)

    def _settle(self, task: Task, outcome: dict[str, Any], *, may_do_elsewhere: bool) -> None:
        if may_do_elsewhere:
            # What went before may have left too little memory, and the same document is to have the same outcome.
            task.queue_again()
            self._waiting.insert(0, task)
            return
        if "message" in outcome:
            task.fail(outcome["message"])
        else:
            task.finish(Path(outcome["paper"]), outcome["pages"], outcome["digest"])
        self._close(task)

    def _bury(self, member: Member) -> None:
        code = self._dismiss(member)
        task = member.task
        if task is None and not member.was_ready:
            # It could not even start, under the limits of the one that waits for it.
            task = next((waiting for waiting in self._waiting if member.suits(waiting)), None)
            if task is not None:
                self._waiting.remove(task)
        elif not self._crew:
            self._engage(self._limits)
        if task is not None:
            may_do_elsewhere = member.served > 1 and code != -signal.SIGXCPU
            self._settle(task, {"message": cause_of_death(code, member.limits)}, may_do_elsewhere=may_do_elsewhere)


def main(directory: str, listener: str, limits: str) -> None:
    """Be the renderer of the folder, its socket open already by that number; ``limits`` are JSON."""
    gc.collect()
    gc.freeze()  # what is loaded stays for good: nobody need look at it again
    Daemon(Path(directory), socket.socket(fileno=int(listener)), Limits(**json.loads(limits))).run()
