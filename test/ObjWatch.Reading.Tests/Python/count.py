#!/usr/bin/env python3
"""Counts the events of an ObjWatch trace of version 2, by kind and by the name of the method or member, and prints that as JSON.

    count.py TRACE

The shortest reader that is of use: docs/trace-format.md says all it knows. reader.py beside it decodes owners, times and values, and finds damage."""

import json
import struct
import sys
from collections import Counter, defaultdict

HEADER, CHUNK, CHUNK_HEADER = 4096, 65536, 40
LABELS = {2: None, 8: "out", 9: "tst", 10: "tst", 32: "upd", 33: "length", 34: "upd", 35: "apd", 36: "pop", 37: "upd", 38: "has",
          64: "run", 72: "end", 80: "end", 88: "awt", 96: "rsm", 112: "lin", 128: "upd"}
# Bytes of one value in a packed store, by its type.
BITS = {2: 1, 3: 2, 4: 1, 5: 1, 6: 2, 7: 2, 8: 4, 9: 4, 10: 8, 11: 8, 12: 4, 13: 8, 14: 16, 15: 8, 16: 8, 20: 9, 21: 8, 22: 10, 23: 16, 24: 4, 25: 8,
        26: 2, 27: 16, 28: 16, 29: 2, 30: 4, 31: 2}


def records(data, chunk):
    """The records of a chunk: head, extent and place of each."""
    at = chunk + CHUNK_HEADER
    while at + 8 <= chunk + CHUNK:
        head, extent = struct.unpack_from("<II", data, at)
        code = head & 255
        if code in (0, 1):
            return
        if code >= 128:
            size = 4 + (0, 0, 4, 8)[code >> 5 & 3] + (2 * BITS[code & 31] + 3 & ~3)
        elif code == 112:
            size = 4
        else:
            size = head >> 8 if code < 32 else (extent & 0xFFF) * 4
        if size < 4:
            raise SystemExit(f"damaged at {at}")
        yield head, extent, at
        at += size


def kind_of(code):
    return 128 if code >= 128 else code & ~7 if 64 <= code < 112 else code


def owner_size(extent):
    return (0, 0, 4, 8)[extent >> 12 & 3]


class Table:
    """An assembly's table of sites: what is at each, by name."""

    def __init__(self, data):
        self.data, self.at = data, 6
        self.texts(2)
        self.texts(2 * self.take("i"))
        self.texts(self.take("i"))
        methods = [self.method() for _ in range(self.take("i"))]
        members = [self.member() for _ in range(self.take("i"))]
        sites = [self.site() for _ in range(self.take("i"))]
        self.names = [members[member] if member >= 0 else methods[method] for method, member in sites]

    def take(self, form):
        values = struct.unpack_from("<" + form, self.data, self.at)
        self.at += struct.calcsize("<" + form)
        return values[0] if len(values) == 1 else values

    def text(self):
        size = shift = 0
        while (part := self.take("B")) & 128:
            size |= (part & 127) << shift
            shift += 7
        return self.take(f"{size | part << shift}s").decode()

    def texts(self, count):
        return [self.text() for _ in range(count)]

    def method(self):
        name = self.texts(2)[0]
        parameters = self.take("iiBHHHH")[-1]
        for _ in range(parameters):
            self.texts(2)
            self.take("B")
        return name

    def member(self):
        name = self.text()
        self.take("BB")
        self.text()
        return name

    def site(self):
        return self.take("Biii")[1:3]


def tables(data, chunks):
    parts = defaultdict(bytes)
    for chunk in chunks:
        for head, _, at in records(data, chunk):
            if head & 255 == 16:
                first, _, _, count = struct.unpack_from("<IIII", data, at + 4)
                parts[first] += data[at + 20:at + 20 + count]
    return {first: Table(table) for first, table in parts.items()}


def name_of(site, known):
    for first, table in known.items():
        if 0 <= site - first < len(table.names):
            return table.names[site - first]
    return f"?site {site}"


def main(path):
    with open(path, "rb") as file:
        data = file.read()
    if data[:12] != b"OBJTRACE\2\0\0\0":
        raise SystemExit("no trace of version 2")
    streams = defaultdict(dict)
    for chunk in range(HEADER, len(data) - CHUNK + 1, CHUNK):
        stream, _, sequence, _, _, magic = struct.unpack_from("<IIIIQI", data, chunk)
        if magic == 0x4B43574F:
            streams[stream][sequence] = chunk
    known = tables(data, [chunk for _, chunk in sorted(streams[0].items())])
    kinds, names = Counter(), Counter()
    for stream in streams.keys() - {0}:
        for chunk in streams[stream].values():
            for head, extent, at in records(data, chunk):
                kind = kind_of(head & 255)
                label = LABELS.get(kind)
                if label == "length":
                    before, after = struct.unpack_from("<II", data, at + 8 + owner_size(extent))
                    label = "apd" if after > before else "pop"
                if label:
                    kinds[label] += 1
                    if kind >= 32:
                        names[name_of(head >> 8, known)] += 1
    print(json.dumps({"events": kinds, "names": names}))


if __name__ == "__main__":
    main(sys.argv[1])
