"""Voices: calls spoken at the window or over the hall's loudspeaker."""
