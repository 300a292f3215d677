package dev.holdfast.advisory;

/**
 * A layer of the base: one source's facts, separable by licence.
 *
 * @param name key, such as {@code debian-tracker}
 * @param date newest date of its data, {@code YYYY-MM-DD}: from the feed itself or its file, never the day of the build
 * @param licence SPDX expression or a few words
 * @param attribution who to credit
 * @param records how many facts it gave
 * @param dropped how many of its records could not be used
 */
public record Source(String name, String date, String licence, String attribution, int records, int dropped) {}
