"""What was recognised is matched with a driver that is there."""

from drivers import catalogue
from drivers.recognise.choose import PREFERRED, driver_of


def test_every_driver_that_is_chosen_is_in_the_catalogue() -> None:
    for recognised in PREFERRED:
        kind, driver = driver_of(recognised)
        assert kind
        assert not driver or catalogue.find(kind, driver) is not None


def test_the_usual_devices_have_a_driver() -> None:
    assert driver_of("sam_serial") == ("id_card", "sam_v_serial")
    assert driver_of("escpos") == ("printer", "escpos")
    assert driver_of("escl") == ("scanner", "escl")
    assert driver_of("uvc")[1]
    assert driver_of("mjpeg")[1]
