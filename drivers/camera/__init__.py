"""Document cameras: MJPEG over HTTP, USB cameras, folders of pictures."""
