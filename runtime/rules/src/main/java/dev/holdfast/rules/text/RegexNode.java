package dev.holdfast.rules.text;

import java.util.List;

/** A regular expression as a tree. */
sealed interface RegexNode {
    /** One character of a set. */
    record One(CharSet set) implements RegexNode {}

    /** One part behind the other; none match the empty text. */
    record Chain(List<RegexNode> parts) implements RegexNode {}

    /** Any of the parts. */
    record Choice(List<RegexNode> parts) implements RegexNode {}

    /** A part several times; {@code most} is -1 without a bound. */
    record Repeat(RegexNode part, int least, int most) implements RegexNode {}

    /** The beginning of a line. */
    record Begin() implements RegexNode {}

    /** The end of a line. */
    record End() implements RegexNode {}
}
