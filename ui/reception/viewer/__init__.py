"""The right column: the paper (live, captured, receipt), e-certificates, what waits to be sent, and the devices."""
