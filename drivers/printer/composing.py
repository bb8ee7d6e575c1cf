"""Receipt lines to blocks of bytes, as the settings of one printer want them."""

from collections.abc import Sequence
from dataclasses import replace

from drivers.contracts import DeviceConfig, Line
from drivers.errors import DeviceError, Fault
from drivers.printer import frames
from drivers.printer.codes import DoesNotFitError
from drivers.printer.layout import DOTS_A_COLUMN, rows
from drivers.printer.profiles import USUAL, Profile, ProfileError, find
from drivers.printer.raster import Pen


def chosen_profile(config: DeviceConfig) -> Profile:
    """The profile that the options name, with what the other options say about it.

    Raises:
        DeviceError: ``REFUSED``/``unsupported`` with the reason for a profile that cannot work.
    """
    options = config.options
    try:
        profile = find(str(options.get("profile", USUAL)), str(options.get("profiles", "")))
    except ProfileError as error:
        raise DeviceError(config.id, Fault.REFUSED, "unsupported", str(error)) from error
    if "width" in options:
        columns = 32 if int(options["width"]) <= 32 else 48
        if "profile" in options and columns != profile.columns:
            reason = f"width {options['width']} is not that of profile {profile.name}, which has {profile.columns}"
            raise DeviceError(config.id, Fault.REFUSED, "unsupported", reason)
        profile = replace(profile, columns=columns, dots=columns * DOTS_A_COLUMN)
    return replace(
        profile,
        process_id=bool(options.get("process_id", profile.process_id)),
        cutter=bool(options.get("cut", profile.cutter)),
        automatic=bool(options.get("automatic", profile.automatic)),
        chinese=options["text"] != "image" if "text" in options else profile.chinese,
    )


class Composer:
    """Makes the bytes of one printer's receipts.

    Args:
        config: Its settings.
    """

    def __init__(self, config: DeviceConfig) -> None:
        self._device = config.id
        self.profile = chosen_profile(config)
        self._pen = Pen(config.id, str(config.options.get("font", "")))

    def blocks(self, lines: Sequence[Line]) -> list[bytes]:
        """Lay out and encode.

        Raises:
            DeviceError: ``REFUSED``/``unsupported`` for what cannot be printed here.
        """
        profile = self.profile
        try:
            return frames.blocks(
                rows(lines, profile.columns),
                width=profile.columns,
                draw=self._pen.draw,
                pictures_only=not profile.chinese,
                cut=profile.cutter,
                feed=profile.feed,
                automatic=profile.automatic,
            )
        except DoesNotFitError as error:
            raise DeviceError(self._device, Fault.REFUSED, "unsupported", str(error)) from error

    def after_torn(self, rest: int) -> bytes:
        """What goes before the next receipt when ``rest`` bytes of a block never went out."""
        return frames.after_torn(rest, cut=self.profile.cutter, feed=self.profile.feed)
