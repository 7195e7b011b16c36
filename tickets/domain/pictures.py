"""Pictures are drawn anew: what is handed out has pixels and nothing else.

Gone are the data of the camera (where, when, by whom), comments, thumbnails of the uncropped
picture, and whatever else was hidden behind the pixels.
"""

import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import IO, Any

from PIL import Image, ImageCms, ImageOps, ImageSequence

from tickets.domain.files import CHUNK, PICTURES, Reason, Refused

PIXELS = 50_000_000
SIDE = 4096  # pixels; larger pictures are scaled down
PREVIEW_SIDE = 640
# Of a moving picture, all frames together; beyond that its first frame stands still.
FRAMES = 300
MOVING_PIXELS = 60_000_000
LONGEST_FRAME_MS = 60_000
FORMATS = {media_type: extension.upper() for media_type, extension in PICTURES.items()}
FORMATS["image/jpeg"] = "JPEG"
SAVE: dict[str, dict[str, Any]] = {
    "JPEG": {"quality": 88, "progressive": True},
    "PNG": {"compress_level": 6},
    "WEBP": {"quality": 88, "method": 3},
    "GIF": {},
}
# Beyond this Pillow itself complains, and at twice as much it refuses.
Image.MAX_IMAGE_PIXELS = PIXELS
_FAULTS = (
    OSError,  # what is cut short, and what is no such picture
    SyntaxError,  # Pillow's name for a broken PNG
    ValueError,
    IndexError,
    EOFError,
    KeyError,
    TypeError,
    OverflowError,
    ArithmeticError,
    MemoryError,
)


@dataclass(frozen=True, slots=True)
class Drawn:
    """A picture as it is stored; sizes in pixels. `preview` is a WebP of at most 640 a side.

    `file` is the caller's to close.
    """

    file: IO[bytes]
    width: int
    height: int
    preview: bytes


def draw_anew(source: IO[bytes], media_type: str) -> Drawn:
    """Raises Refused: broken or cut short, or too many pixels."""
    form = FORMATS[media_type]
    try:
        with Image.open(source, formats=[form]) as picture:
            if picture.width * picture.height > PIXELS:
                raise Refused(Reason.PIXELS)
            if _may_move(picture, form):
                return _moving(picture, form)
            return _still(picture, form)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise Refused(Reason.PIXELS) from error
    except _FAULTS as error:
        raise Refused(Reason.BROKEN) from error


def _may_move(picture: Image.Image, form: str) -> bool:
    frames = getattr(picture, "n_frames", 1) if form in {"GIF", "WEBP"} else 1
    pixels = frames * picture.width * picture.height
    return 1 < frames <= FRAMES and pixels <= MOVING_PIXELS


def _still(picture: Image.Image, form: str) -> Drawn:
    picture.seek(0)
    picture.load()
    picture = _upright(picture)
    picture.thumbnail((SIDE, SIDE), Image.Resampling.LANCZOS)
    bare = _bare(picture, form)
    preview = _preview(picture)
    return Drawn(_saved(bare, form), bare.width, bare.height, preview)


def _moving(picture: Image.Image, form: str) -> Drawn:
    first, *others = _frames(picture)
    durations = [frame.info["duration"] for frame in (first, *others)]
    preview = _preview(first)
    moves = {"save_all": True, "append_images": others, "duration": durations}
    if "loop" in picture.info:
        moves["loop"] = int(picture.info["loop"])
    return Drawn(_saved(first, form, **moves), first.width, first.height, preview)


def _frames(picture: Image.Image) -> Iterator[Image.Image]:
    size = picture.size
    for frame in ImageSequence.Iterator(picture):
        if frame.size != size:  # a GIF may grow as it goes, far beyond what was counted
            raise Refused(Reason.BROKEN)
        duration = min(max(int(frame.info.get("duration", 100)), 20), LONGEST_FRAME_MS)
        drawn = frame.convert("RGBA")
        drawn.info = {"duration": duration}
        yield drawn


def _upright(picture: Image.Image) -> Image.Image:
    """As the camera was held, in the colours of a screen."""
    profile = picture.info.get("icc_profile")
    picture = ImageOps.exif_transpose(picture)
    if profile and picture.mode in {"RGB", "RGBA", "CMYK", "L"}:
        picture = _in_screen_colours(picture, profile)
    return picture


def _in_screen_colours(picture: Image.Image, profile: bytes) -> Image.Image:
    mode = "RGBA" if picture.mode == "RGBA" else "RGB"
    try:
        own, screen = ImageCms.getOpenProfile(BytesIO(profile)), ImageCms.createProfile("sRGB")
        return ImageCms.profileToProfile(picture, own, screen, outputMode=mode) or picture
    except ImageCms.PyCMSError:  # a profile that nobody understands: the numbers as they are
        return picture


def _bare(picture: Image.Image, form: str) -> Image.Image:
    """The pixels alone, in a mode that the format knows."""
    has_alpha = picture.mode in {"RGBA", "LA", "PA"} or "transparency" in picture.info
    if form == "JPEG":
        mode = "L" if picture.mode == "L" else "RGB"
    elif has_alpha:
        mode = "RGBA"
    else:
        mode = "L" if picture.mode in {"1", "L"} and form == "PNG" else "RGB"
    bare = picture.convert(mode)
    bare.info = {}
    return bare


def _preview(picture: Image.Image) -> bytes:
    small = _bare(picture, "WEBP")
    small.thumbnail((PREVIEW_SIDE, PREVIEW_SIDE), Image.Resampling.LANCZOS)
    out = BytesIO()
    small.save(out, "WEBP", quality=80, method=3)
    return out.getvalue()


def _saved(picture: Image.Image, form: str, **options: Any) -> IO[bytes]:
    out = tempfile.SpooledTemporaryFile(max_size=CHUNK * 8)  # noqa: SIM115  the caller's to close
    try:
        picture.save(out, form, **options, **SAVE[form])
        out.seek(0)
    except BaseException:
        out.close()
        raise
    return out
