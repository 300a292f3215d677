package dev.holdfast.rules.event;

import java.util.Locale;

/**
 * A field as the {@link FieldCatalogue} knows it. Numbers are dense from 0, so that a source can keep its readers in an array; they hold for
 * one run of the program only.
 *
 * @param name as rules write it, without an argument
 * @param type of the value, or of each element when there are several
 * @param argument what may stand in its brackets
 * @param isList whether it always has several values
 * @param isAnyOf whether it has several values when used without its argument, and a comparison then holds when it holds for one of them
 * @param isDotted whether its argument may also be joined with a dot
 * @param inConditions whether conditions may use it
 * @param inOutputs whether outputs may print it
 * @param isAlone whether it takes no transformer and never stands on the right side of a comparison
 * @param isCommon whether the engine reads it from the event's head
 * @param isOfProcess whether it stays the same while a process runs its image
 * @param isPort whether it is a port, which may also be written by the name of its service
 * @param isGone whether it is known, so that rules load, but nothing tells it
 */
public record Field(
        int number,
        String name,
        Type type,
        Argument argument,
        boolean isList,
        boolean isAnyOf,
        boolean isDotted,
        boolean inConditions,
        boolean inOutputs,
        boolean isAlone,
        boolean isCommon,
        boolean isOfProcess,
        boolean isPort,
        boolean isGone) {

    /** What a value is. */
    public enum Type {
        TEXT,
        /** A text of which each char is one byte. */
        BYTES,
        LONG,
        DOUBLE,
        BOOLEAN,
        /** Nanoseconds since the epoch; a long. */
        TIME,
        /** Nanoseconds; a long. */
        DURATION,
        /** An address of IPv4 or IPv6. */
        ADDRESS,
        /** An address that is compared with networks. */
        NETWORK,
        /** Any of them: what it is depends on the argument. */
        DYNAMIC;

        /** The type in a sentence. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** Whether its value is written as a long. */
        public boolean isWhole() {
            return switch (this) {
                case LONG, TIME, DURATION -> true;
                case TEXT, BYTES, DOUBLE, BOOLEAN, ADDRESS, NETWORK, DYNAMIC -> false;
            };
        }
    }

    /** What may stand in the brackets. */
    public enum Argument {
        NONE,
        INDEX_ALLOWED,
        INDEX_REQUIRED,
        KEY_ALLOWED,
        KEY_REQUIRED,
        ANY_ALLOWED,
        ANY_REQUIRED;

        public boolean isRequired() {
            return switch (this) {
                case INDEX_REQUIRED, KEY_REQUIRED, ANY_REQUIRED -> true;
                case NONE, INDEX_ALLOWED, KEY_ALLOWED, ANY_ALLOWED -> false;
            };
        }

        /** Whether it has to be a whole number. */
        public boolean isIndex() {
            return switch (this) {
                case INDEX_ALLOWED, INDEX_REQUIRED -> true;
                case NONE, KEY_ALLOWED, KEY_REQUIRED, ANY_ALLOWED, ANY_REQUIRED -> false;
            };
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Field field && field.number == number;
    }

    @Override
    public int hashCode() {
        return number;
    }
}
