#!/usr/bin/env python3
"""Reads an ObjWatch trace of version 2, and prints as JSON what is in it: events by kind, thread and name, and what is damaged.

Written from docs/trace-format.md and from nothing else: what it cannot read, the document has forgotten to say.

    reader.py [--events] TRACE

With --events each event has a row too: stream, thread, ordinal, kind, name, ticks, depth, line, owner, old, new. Ordinal and owner are null where they are
unknown, old and new where they are not both whole numbers."""

import json
import struct
import sys
from collections import Counter, defaultdict

from records import (CALLS, CHUNK, CHUNK_HEADER, END_OF_CHUNK, END_SIZE, FIXED, HEADER, IN_USE, LOST, OBJECT, OTHER_THREAD, RECORDS, RESUME, RUN, SAFEPOINT,
                     SAFEPOINT_MARK, SAFEPOINT_SIZE, WHOLE_NUMBERS, WRAPPER_TEXT, Cursor, Damaged, check_of, kind_of, size_at)


class Walk:
    """The records of a chunk, as (place, size); the size is negative where bytes are passed over."""

    def __init__(self, chunk, stream, written, damage):
        self.records, self.bad, self.window, self.chunk, self.damage = [], [], CHUNK_HEADER, chunk, damage
        self.end = anchor = CHUNK_HEADER
        self.over = False
        while self.end <= len(chunk) - 4 and not self.over:
            size = size_at(chunk, self.end, stream)
            if size == 0 or size > CHUNK - self.end:
                self.pass_over(stream, anchor)
            elif size > len(chunk) - self.end:
                break
            else:
                if chunk.startswith(SAFEPOINT_MARK, self.end):
                    self.close(self.end, struct.unpack_from("<I", chunk, self.end + 8)[0])
                    anchor = self.end + size
                self.records.append((self.end, size))
                self.end += size
        if not self.over and len(chunk) < CHUNK:
            damage["cut"] += 1
        if written[0] == self.end:
            self.close(self.end, written[1])
        self.is_marked = not self.over or struct.pack("<I", END_OF_CHUNK) == chunk[self.end:self.end + 4]

    def pass_over(self, stream, anchor):
        head, check = struct.unpack("<II", self.chunk[self.end:self.end + 8].ljust(8, b"\0"))
        if head == END_OF_CHUNK:
            self.close(self.end, check)
        seems_over = head in (0, END_OF_CHUNK)
        found = -1
        if stream != 0 and not (seems_over and not any(self.chunk[self.end + (4, END_SIZE)[head != 0]:])):
            found = find_safepoint(self.chunk, anchor)
        self.over = found < 0
        if self.over and seems_over:
            return
        while not self.over and self.records and sum(map(abs, self.records[-1])) > found:
            self.end = self.records.pop()[0]
        to = len(self.chunk) if self.over else found
        self.damage.update({"records": 1, "bytes": to - self.end})
        if not self.over:
            self.abandon()
            self.records.append((self.end, self.end - to))
            self.end = to

    def abandon(self):
        """The open window cannot be checked."""
        if self.window is not None:
            self.bad.append(range(self.window, self.end))
        self.window = None

    def close(self, end, check):
        """Checks the window that ends at a place, where another begins."""
        if self.window is not None and check and end > self.window and check_of(self.chunk[self.window:end]) != check:
            self.damage["windows"] += 1
            self.bad.append(range(self.window, end))
        self.window = end


def find_safepoint(chunk, at):
    while (at := chunk.find(SAFEPOINT_MARK, at)) % 4 and at >= 0:
        at += 1
    return at if at <= len(chunk) - SAFEPOINT_SIZE else -1


class Definitions:
    """What the records of stream 0 say, as far as it is needed here."""

    def __init__(self):
        self.parts, self.tables, self.written = defaultdict(bytes), [], {}

    def read(self, code, cursor):
        if code == 16:
            first, total, offset, count = cursor.take("IIII")
            part = cursor.one(f"{count}s")
            if offset != (len(self.parts[first]) if offset else 0) or offset + count > total:
                raise Damaged
            self.parts[first] = self.parts[first][:offset] + part
            if offset + count == total:
                self.tables.append((first, *read_table(Cursor(self.parts[first]))))
        elif code == 22:
            offset, count, check = cursor.take("QII")
            self.written[offset] = count, check

    def site(self, number):
        """The name of what is at a site, and how many values a run has there: one at least where nobody knows."""
        for first, methods, members, sites in self.tables:
            if first <= number < first + len(sites):
                method, member = sites[number - first]
                return members[member] if member >= 0 else methods[method][0], methods[method][1]
        return f"?site {number}", None


def read_table(table):
    if table.take("IH") != (0x5453574F, 2):
        raise Damaged
    texts = [table.text_of_table() for _ in range(2)]
    for each in (2, 1):
        texts += [table.text_of_table() for _ in range(each * table.one("i"))]
    methods, members = [], []
    for _ in range(table.one("i")):
        name, _, (_, _, flags, _, _, _, parameters) = table.text_of_table(), table.text_of_table(), table.take("iiBHHHH")
        for _ in range(parameters):
            texts += [table.text_of_table(), table.text_of_table(), table.one("B")]
        methods.append((name, parameters + 1 - (flags & 1)))
    for _ in range(table.one("i")):
        members.append(table.text_of_table())
        texts += [table.take("BB"), table.text_of_table()]
    return methods, members, [table.take("Biii")[1:3] for _ in range(table.one("i"))]


class Events:
    """Decodes the events of a trace: what their records leave out is known from those before."""

    def __init__(self, definitions, damage):
        self.definitions, self.damage, self.rows, self.lost = definitions, damage, [], 0

    def read(self, stream, chunk, walk):
        self.stream, self.thread = stream, struct.unpack_from("<I", chunk, 12)[0] or stream
        self.owner = self.ticks = self.depth = 0
        self.ordinal = struct.unpack_from("<Q", chunk, 32)[0]
        for at, size in walk.records:
            code = kind_of(chunk[at])
            if size < 0 or code not in RECORDS:
                self.damage["records"] += size > 0
                self.ordinal = None
            else:
                self.record(code, Cursor(chunk, at, at + size), any(at in window for window in walk.bad))

    def record(self, code, cursor, is_bad):
        label, fields = RECORDS[code]
        head = cursor.one("I")
        extent = cursor.one("I") if 32 <= code < 112 else 0
        name, arguments = self.definitions.site(head >> 8) if code >= 32 else ("", 0)
        there = {"?": head & 1, "*": head & 2, "+": extent & 0x4000, "%": extent & 0x10000}
        said, values = {"line": 0, "owner": 0}, []
        try:
            for field in fields.split():
                if field == "owner":
                    said["owner"] = self.read_owner((head if code == 128 else extent >> 7) >> 5 & 3, cursor)
                elif field == "bits":
                    values.append((head & 31, cursor.one(FIXED[head & 31])))
                elif field == "line16":
                    said["line"] = line if (line := cursor.one("H")) < 65535 else cursor.one("I")
                elif field == "value":
                    values.append(cursor.value())
                elif field == "values":
                    while len(values) < (1 if arguments is None else arguments) and (not values or values[0][0] != WRAPPER_TEXT):
                        values.append(cursor.value())
                elif there.get(field[0], True):
                    key, form = field.lstrip("?*+%").split(":")
                    said[key] = cursor.one(form)
            if cursor.end - cursor.at > 3 and arguments is not None:
                raise Damaged
        except Damaged:
            self.damage["values"] += 1
        self.follow(code, extent, said, values)
        if code == LOST:
            self.lost += said["count"]
        if label in (None, "lost"):
            return
        label = label if label != "length" else "apd" if said["after"] > said["before"] else "pop"
        owner = None if is_bad and said["owner"] else said["owner"]
        line = said["line"] if said["line"] < 1 << 31 else 0
        has_numbers = code in (32, 128) and len(values) == 2 and all(tag in WHOLE_NUMBERS for tag, _ in values)
        self.rows.append([self.stream, self.thread, self.ordinal, label, name, said.get("ticks", 0), said["depth"] if code in CALLS else 0, line, owner,
                          *([value for _, value in values] if has_numbers else (None, None))])

    def read_owner(self, form, cursor):
        if form == 0:
            return 0
        low = cursor.one("I") if form == 2 else self.owner & 0xFFFFFFFF
        if form < 3 and self.owner == 0:
            return None
        self.owner = cursor.one("Q") if form == 3 else self.owner >> 32 << 32 | low
        return self.owner

    def follow(self, code, extent, said, values):
        """Completes what a record says, and remembers what those behind it leave out."""
        enters = code in (RUN, RESUME)
        if code in CALLS:
            said.setdefault("ticks", self.ticks + (extent >> 12))
            said.setdefault("depth", self.depth if enters else max(0, self.depth - 1))
            self.depth = said["depth"] + enters
        if code == OTHER_THREAD:
            self.thread, self.owner, self.ticks, self.depth, self.ordinal = said["thread"], 0, 0, 0, 0
        elif code == SAFEPOINT & 255:
            self.owner, self.ticks, self.depth, self.ordinal = said["owner"], said["ticks"], said["depth"], said["ordinal"]
        else:
            self.ticks = said.get("ticks", self.ticks)
        if code == RUN and values and values[0][0] == OBJECT:
            self.owner = values[0][1]
        if self.ordinal is not None and RECORDS[code][0]:
            self.ordinal += said["count"] if code == LOST else 1


def chunks_of(data, damage):
    """Where the chunks are, by stream and sequence number."""
    streams = defaultdict(dict)
    for offset in range(HEADER, len(data) - CHUNK_HEADER + 1, CHUNK):
        stream, _, sequence, _, _, magic = struct.unpack_from("<IIIIQI", data, offset)
        if magic == IN_USE and sequence not in streams[stream]:
            streams[stream][sequence] = offset
        elif magic or any(data[offset + CHUNK_HEADER:offset + CHUNK_HEADER + 4]):
            damage["chunks"] += 1
    return streams


def main(arguments):
    with open(arguments[-1], "rb") as file:
        data = file.read()
    if data[:12] != b"OBJTRACE\2\0\0\0" or len(data) < HEADER:
        raise SystemExit("no trace of version 2")
    damage, definitions = Counter(), Definitions()
    ring, closed_length = struct.unpack_from("<I", data, 48)[0], struct.unpack_from("<Q", data, 64)[0]
    damage["cut off"] = max(0, closed_length - len(data))
    events = Events(definitions, damage)
    streams = chunks_of(data, damage)
    for stream in sorted(streams):
        expected = 0
        for sequence, offset in sorted(streams[stream].items()):
            damage["missing"] += 0 if ring and stream else sequence - expected
            expected = sequence + 1
            chunk, written = data[offset:offset + CHUNK], definitions.written.get(offset, (0, 0))
            walk = Walk(chunk, stream, written, damage)
            if not walk.is_marked and (expected in streams[stream] or walk.end < written[0]):
                damage["unmarked"] += 1
                if len(chunk) == CHUNK:
                    walk.abandon()
            if stream:
                events.read(stream, chunk, walk)
                continue
            for at, size in walk.records:
                try:
                    definitions.read(chunk[at] if size > 0 else 0, Cursor(chunk, at + 4, at + abs(size)))
                except Damaged:
                    damage["definitions"] += 1
    rows = events.rows
    print(json.dumps({
        "events": Counter(row[3] for row in rows), "lost": events.lost,
        "threads": Counter(row[1] for row in rows), "names": Counter(row[4] for row in rows if row[4]),
        "damage": {what: count for what, count in damage.items() if count}, "rows": rows if "--events" in arguments else []}))


if __name__ == "__main__":
    main(sys.argv[1:])
