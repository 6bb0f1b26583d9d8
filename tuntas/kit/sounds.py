"""MP3, AAC, Ogg and WAV: checked frame by frame; tags that stand apart from the sound are blanked or cut off.

What an Ogg file says of itself stays in it: it stands inside a page with a checksum of its own.
"""

import struct
from collections.abc import Callable
from typing import BinaryIO

_LEAST_FRAMES = 3
_LONGEST_TAIL = 64 * 1024  # tags and half a frame behind the sound; more that is no sound is damage
_BIT_RATES = {
    3: (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320),  # MPEG 1
    2: (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160),  # MPEG 2 and 2.5
}
_SAMPLE_RATES = {3: (44100, 48000, 32000), 2: (22050, 24000, 16000), 0: (11025, 12000, 8000)}
_VOICES = (b"OpusHead", b"\x01vorbis", b"Speex   ", b"\x7fFLAC")
_SOUND_CHUNKS = frozenset({b"fmt ", b"data", b"fact"})
_HEADER = 27  # of a page of Ogg


def clean_mp3(file: BinaryIO, length: int) -> None:
    """Check an MP3 frame by frame, blank what it says of itself and cut off what follows. Raises ValueError."""
    _walk(file, _behind_notes(file, length), length, 4, _mp3_frame)


def clean_aac(file: BinaryIO, length: int) -> None:
    """Check an AAC stream in the same way. Raises ValueError."""
    _walk(file, _behind_notes(file, length), length, 7, _aac_frame)


def clean_ogg(file: BinaryIO, length: int) -> None:
    """Check an Ogg file page by page; it must begin as a recording of sound. Raises ValueError."""
    file.seek(_HEADER)
    if not file.read(9)[1:].startswith(_VOICES):
        raise ValueError("no sound we know")

    def page(head: bytes) -> int:
        if head[:5] != b"OggS\0":
            return 0
        sizes = file.read(head[26])
        return _HEADER + len(sizes) + sum(sizes)

    _walk(file, 0, length, _HEADER, page, least=2)


def clean_wav(file: BinaryIO, length: int) -> None:
    """Check a WAV chunk by chunk and blank those that are not the sound. Raises ValueError."""
    file.seek(4)
    size = int.from_bytes(file.read(4), "little")
    end, at, seen = min(length, size + 8), 12, set[bytes]()
    while at + 8 <= end:
        file.seek(at)
        name, many = struct.unpack("<4sI", file.read(8))
        stop = at + 8 + many
        if name == b"data" and stop > end:  # recorders that were cut off write a length that is not there
            stop = end
        if stop > end:
            raise ValueError("a chunk reaches beyond its end")
        if name not in _SOUND_CHUNKS:
            file.seek(at)
            file.write(b"JUNK")
            file.seek(at + 8)
            file.write(bytes(stop - at - 8))
        seen.add(name)
        at = stop + many % 2
    if not seen >= {b"fmt ", b"data"} or length - end > _LONGEST_TAIL:
        raise ValueError("not the chunks of a recording")
    file.truncate(end)


def _behind_notes(file: BinaryIO, length: int) -> int:
    """Blank an ID3 tag in front and return where the sound begins."""
    file.seek(0)
    head = file.read(10)
    if head[:3] != b"ID3":
        return 0
    if len(head) < 10 or any(byte > 127 for byte in head[6:10]) or head[5] & 0x10:
        raise ValueError("a tag that is broken, or has a footer, which nobody writes")
    size = sum(byte << 7 * (3 - n) for n, byte in enumerate(head[6:10]))
    if 10 + size > length:
        raise ValueError("a tag reaches beyond the end")
    file.seek(5)
    file.write(b"\0")  # no second header: noughts alone
    file.seek(10)
    file.write(bytes(size))
    return 10 + size


def _walk(
    file: BinaryIO, start: int, length: int, header: int, frame: Callable[[bytes], int], *, least: int = _LEAST_FRAMES
) -> None:
    at, frames = start, 0
    while at < length:
        file.seek(at)
        head = file.read(header)
        size = frame(head) if len(head) == header else 0
        if size < header or at + size > length:
            break
        at, frames = at + size, frames + 1
    if frames < least or length - at > _LONGEST_TAIL:
        raise ValueError("not a recording to its end")
    file.truncate(at)


def _mp3_frame(head: bytes) -> int:
    version, layer = head[1] >> 3 & 3, head[1] >> 1 & 3
    bit_rate, sample_rate = head[2] >> 4, head[2] >> 2 & 3
    if head[0] != 0xFF or head[1] < 0xE0 or version == 1 or layer != 1 or bit_rate in (0, 15) or sample_rate == 3:
        return 0
    samples = 144 if version == 3 else 72
    rate = _BIT_RATES[3 if version == 3 else 2][bit_rate] * 1000
    return samples * rate // _SAMPLE_RATES[version][sample_rate] + (head[2] >> 1 & 1)


def _aac_frame(head: bytes) -> int:
    if head[0] != 0xFF or head[1] & 0xF6 != 0xF0:
        return 0
    return (head[3] & 3) << 11 | head[4] << 3 | head[5] >> 5
