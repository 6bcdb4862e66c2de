"""How records and values of an ObjWatch trace of version 2 are written, by docs/trace-format.md."""

import struct
from itertools import accumulate

CHUNK, HEADER, CHUNK_HEADER, LONGEST = 65536, 4096, 40, 8192
IN_USE, SAFEPOINT, SAFEPOINT_SIZE, END_OF_CHUNK, END_SIZE = 0x4B43574F, 0x2805, 40, 0x801, 8
SAFEPOINT_MARK = struct.pack("<II", SAFEPOINT, 0x5053574F)
OBJECT, WRAPPER_TEXT = 18, 42

# How values are written, by their tags, as struct has it; 29 to 31 are the narrow types of stores.
FIXED = {2: "B", 3: "H", 4: "b", 5: "B", 6: "h", 7: "H", 8: "i", 9: "I", 10: "q", 11: "Q", 12: "f", 13: "d", 14: "16s", 15: "q", 16: "Q", 20: "qB",
         21: "q", 22: "qh", 23: "16s", 24: "i", 25: "q", 26: "2s", 27: "16s", 28: "16s", 29: "h", 30: "i", 31: "h"}
BARE, NUMBERED = {0, 1, 39, 41, 43}, {OBJECT: "Q", 19: "IQ", 36: "I", 37: "I", 40: "QI"}
COMPOUND = {32: "IIB", 33: "IIB", 34: "IB", 35: "B"}
WHOLE_NUMBERS = {4, 5, 6, 7, 8, 9, 10, 11, 29, 30, 31}

# Records by their codes: the label of the event, and the fields. In front of a field: ? if stated, * if flow, + if line stated, % if part stated.
CALL, CHANGE = "?ticks:Q ?depth:I ", "owner +line:I "
ELEMENT, LENGTHS = CHANGE + "collection:Q known_by:I ", "before:I after:I type:I "
RECORDS = {
    1: (None, "check:I"), 2: ("lost", "count:Q"), 3: (None, "thread:I ticks:Q managed:I"), 4: (None, "rank:I"),
    5: (None, "magic:I check:I depth:I ticks:Q owner:Q ordinal:Q"),
    8: ("out", "ticks:Q channel:B value"), 9: ("tst", "ticks:Q value"), 10: ("tst", "ticks:Q outcome:B value value"),
    16: (None, "first:I total:I offset:I bytes:I"), 17: (None, "number:I flags:B name:H full:H count:H"), 18: (None, "thread:I managed:I name:H"),
    19: (None, "key:H text:H"), 20: (None, "number:I text:H"), 21: (None, "site:I count:Q"), 22: (None, "offset:Q bytes:I check:I"),
    23: (None, "first:I file:I algorithm:B bytes:B"),
    32: ("upd", CHANGE + "value value"), 33: ("length", CHANGE + LENGTHS), 34: ("upd", ELEMENT + "%part:I value value value"),
    35: ("apd", ELEMENT + LENGTHS + "value value"), 36: ("pop", ELEMENT + LENGTHS + "value value"),
    37: ("upd", ELEMENT + LENGTHS + "count:I value value value"), 38: ("has", ELEMENT + "count:I first:I value"),
    64: ("run", CALL + "*trace:16s *span:Q *flow:Q line16 values"), 72: ("end", CALL + "value"), 80: ("end", CALL + "value"),
    88: ("awt", CALL + "line16 value"), 96: ("rsm", CALL + "line16 value"), 112: ("lin", ""), 128: ("upd", "owner bits bits"),
}
LOST, OTHER_THREAD, DEFINITIONS, RUN, RESUME, CALLS = 2, 3, range(16, 24), 64, 96, range(64, 112)


class Damaged(Exception):
    """Something is not there that should be."""


class Cursor:
    """Reads one thing after the other, up to an end."""

    def __init__(self, data, at=0, end=None):
        self.data, self.at, self.end = data, at, len(data) if end is None else end

    def take(self, form):
        size = struct.calcsize("<" + form)
        if size > self.end - self.at:
            raise Damaged
        self.at += size
        return struct.unpack_from("<" + form, self.data, self.at - size)

    def one(self, form):
        return self.take(form)[0]

    def text_of_table(self):
        size, shift, more = 0, 0, 128
        while more & 128:
            more = self.one("B")
            size |= (more & 127) << shift
            shift += 7
        return self.one(f"{size}s").decode("utf-8", "replace")

    def value(self, nesting=0):
        """A value: its tag, and what stands first behind it."""
        tag = self.one("B")
        if tag in BARE:
            return tag, None
        if tag in FIXED and tag < 29 or tag in NUMBERED:
            return tag, self.one(FIXED.get(tag) or NUMBERED[tag])
        if tag in (17, WRAPPER_TEXT):
            return tag, self.one(f"{2 * self.take('IH')[1]}s")
        if nesting == 32 or tag not in COMPOUND and tag != 38:
            raise Damaged
        if tag == 38:
            return tag, (self.one("I"), self.value(nesting + 1))
        count = self.take(COMPOUND[tag])[-1]
        return tag, [self.value(nesting + 1) for _ in range(2 * count if tag == 33 else count)]


def check_of(window):
    words = struct.unpack(f"<{len(window) // 4}I", window)
    lanes = [words[lane::8] for lane in range(8)]
    result = 0
    for value in [sum(lane) for lane in lanes] + [sum(accumulate(lane)) for lane in lanes]:
        result = ((result << 5 | result >> 27) ^ value) & 0xFFFFFFFF
    return result


def kind_of(code):
    """The lowest code that means the same."""
    return 128 if code >= 128 else RUN if code in range(64, 68) else code - 1 if code in (73, 81, 89, 97) else code


def least_size(code, fields):
    """The fewest bytes of a record, and whether it has no more."""
    sizes = [0 if field[0] in "?*+%" else struct.calcsize("<" + field.split(":")[1]) if ":" in field else {"value": 1, "line16": 2}.get(field, 0)
             for field in fields.split()]
    return (8 if code in range(32, 112) else 4) + sum(sizes) + 3 & ~3, code in (1, 2, 3, 4, 5, 21, 22)


LEAST = {code: least_size(code, fields) for code, (_, fields) in RECORDS.items()}


def size_at(chunk, at, stream):
    """How many bytes the record at a place has; 0: there is none."""
    head, extent = struct.unpack("<II", chunk[at:at + 8].ljust(8, b"\0"))
    code = head & 255
    belongs = (stream == 0) == (code in DEFINITIONS) if kind_of(code) in RECORDS or code >= 32 else code < 32
    if code < 2 or 113 <= code < 128 or not belongs:
        return 0
    if 32 <= code < 112 and at + 8 > len(chunk):
        return 8
    if code >= 128:
        form = FIXED.get(code & 31)
        return 4 + (0, 0, 4, 8)[code >> 5 & 3] + (2 * struct.calcsize("<" + form) + 3 & ~3) if form else 0
    size = head >> 8 if code < 32 else 4 if code == 112 else (extent & 0xFFF) * 4
    least, exactly = LEAST.get(kind_of(code), (4, False))
    return size if least <= size <= (least if exactly else LONGEST) and size % 4 == 0 else 0
