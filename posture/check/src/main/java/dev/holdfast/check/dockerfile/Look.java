package dev.holdfast.check.dockerfile;

import dev.holdfast.check.Rule;
import java.util.List;

/** A group of checks of one subject. */
interface Look {
    /** The rules that it may give results of. */
    List<Rule> rules();

    void at(Subject subject);
}
