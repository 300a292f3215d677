package dev.holdfast.sensor.field;

import dev.holdfast.rules.event.Event;
import dev.holdfast.rules.event.FieldCatalogue;
import dev.holdfast.rules.event.FieldUse;
import dev.holdfast.rules.event.TextPlace;
import dev.holdfast.sensor.event.KernelEvent;

/**
 * Where the paths of an opened file lie in its record: most events are looked at by their bytes, and no text is made of them. What {@link
 * DescriptorFields} reads is the same.
 */
final class PathPlaces {
    private static final int NAME = number("fd.name");
    private static final int GIVEN = number("fd.nameraw");
    private static final int FOLDER = number("fd.directory");
    private static final int LAST = number("fd.filename");

    private PathPlaces() {}

    private static int number(String field) {
        return FieldCatalogue.standard()
                .use(Event.SYSCALL, field)
                .orElseThrow()
                .field()
                .number();
    }

    /** Says where a field lies; false when it is none of these, or no part of the record. */
    static boolean locate(SensorEvent event, FieldUse use, TextPlace into) {
        KernelEvent kernel = event.kernel();
        int field = use.field().number();
        if (field == GIVEN) {
            return set(into, kernel.pathBytes(), kernel.givenFrom(), kernel.givenEnd());
        }
        if ((kernel.flags() & KernelEvent.PATH_CUT) != 0 || !DescriptorFields.hasPlace(kernel)) {
            return false;
        }
        byte[] bytes = kernel.pathBytes();
        int from = kernel.openedFrom();
        int end = kernel.givenFrom();
        if (field == NAME) {
            return set(into, bytes, from, end);
        }
        if (field != FOLDER && field != LAST) {
            return false;
        }
        int slash = end - 1;
        while (slash >= from && bytes[slash] != '/') {
            slash--;
        }
        if (field == LAST) {
            return set(into, bytes, slash + 1, end);
        }
        return set(into, bytes, from, slash == from ? from + 1 : slash);
    }

    private static boolean set(TextPlace into, byte[] bytes, int from, int end) {
        if (end <= from) {
            return false; // absent, or made of something else
        }
        into.set(bytes, from, end);
        return true;
    }
}
