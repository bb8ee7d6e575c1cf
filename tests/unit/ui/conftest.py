"""Models need no Qt; the few tests that do run without a display."""

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
