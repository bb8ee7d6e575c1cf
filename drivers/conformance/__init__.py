"""The contract of each kind of device as checks that run against any device, with our driver or another one."""
