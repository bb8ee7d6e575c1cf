"""Whether bytes are a JPEG that can be opened, told by its markers alone; the picture itself is not decoded.

Source: ITU-T T.81, annex B. Cameras leave the Huffman tables out, put fill bytes before markers, and add zeros at the
end.
"""

_START, _END, _SCAN = 0xD8, 0xD9, 0xDA
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}  # SOF; the three between are tables
_TAIL = 64  # bytes that may follow the last marker


def is_jpeg(data: bytes) -> bool:
    """From the first marker to the scan all segments follow one another, a size is told, and the end is there."""
    if data[:2] != b"\xff\xd8" or b"\xff\xd9" not in data[-_TAIL:]:
        return False
    at, size_told = 2, False
    while at + 4 <= len(data):
        if data[at] != 0xFF:
            return False
        marker = data[at + 1]
        if marker == 0xFF:  # a fill byte
            at += 1
            continue
        if marker in (_START, _END, 0x00):
            return False
        length = int.from_bytes(data[at + 2 : at + 4], "big")
        if length < 2:
            return False
        if marker in _FRAMES:
            size_told = length >= 8 and any(data[at + 5 : at + 7]) and any(data[at + 7 : at + 9])
        if marker == _SCAN:
            return size_told and at + 2 + length < len(data)
        at += 2 + length
    return False
