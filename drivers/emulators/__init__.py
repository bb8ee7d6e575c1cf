"""Stand-ins for devices: programs of their own, behind real ports, with faults to switch on."""
