"""Finding devices and recognising them by what they answer (``search``), without doing any of them harm."""
