"""Array types that the imaging modules share."""

import numpy as np
import numpy.typing as npt

Picture = npt.NDArray[np.uint8]  # height x width x 3 in BGR order, or height x width in grey
Corners = npt.NDArray[np.float32]  # 4 x 2: x, y in pixels, clockwise from the top left
Floats = npt.NDArray[np.float32]
