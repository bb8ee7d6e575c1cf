"""The strip in the centre where a number or a visit is sent on, held, resumed or ended: in place, no dialog."""
