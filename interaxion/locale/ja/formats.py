"""How the admin writes dates where Django itself does: as everywhere else in it."""

DATE_FORMAT = "Y-m-d"
DATETIME_FORMAT = "Y-m-d H:i"
