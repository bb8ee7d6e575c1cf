"""The screens: Qt Widgets that show what the desk says and pass on what people press."""
