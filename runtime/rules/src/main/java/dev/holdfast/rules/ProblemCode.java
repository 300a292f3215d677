package dev.holdfast.rules;

/** What is wrong with a rule file. The words are Falco's, so that whoever knows them finds them. */
public enum ProblemCode {
    /** The file cannot be read. */
    LOAD_ERR_FILE_READ,
    /** It is no YAML. */
    LOAD_ERR_YAML_PARSE,
    /** Its items are not built as items are. */
    LOAD_ERR_YAML_VALIDATE,
    /** A condition follows no grammar, or makes no sense for its source. */
    LOAD_ERR_COMPILE_CONDITION,
    /** An output does not. */
    LOAD_ERR_COMPILE_OUTPUT,
    /** Items do not fit each other. */
    LOAD_ERR_VALIDATE,
    /** A rule is for a source that nobody knows, and is left out. */
    LOAD_UNKNOWN_SOURCE,
    /** A field is compared with the text {@code <NA>}. */
    LOAD_UNSAFE_NA_CHECK,
    /** A rule has to be asked for nearly every event. */
    LOAD_NO_EVTTYPE,
    /** A rule names a field that nobody knows, says that it does not mind, and is left out. */
    LOAD_UNKNOWN_FILTER,
    /** No rule uses the macro. */
    LOAD_UNUSED_MACRO,
    /** Nothing uses the list. */
    LOAD_UNUSED_LIST,
    /** An item is of no kind that is known. */
    LOAD_UNKNOWN_ITEM,
    /** Something is used that will go away. */
    LOAD_DEPRECATED_ITEM,
    /** An exception is appended to without values. */
    LOAD_APPEND_NO_VALUES,
    /** A rule has two exceptions of one name. */
    LOAD_EXCEPTION_NAME_NOT_UNIQUE,
    /** No condition can name this macro. */
    LOAD_INVALID_MACRO_NAME,
    /** No condition can name this list. */
    LOAD_INVALID_LIST_NAME,
    /** A condition probably does not say what is meant. */
    LOAD_COMPILE_CONDITION,
    /** An item has a key that means nothing. */
    LOAD_UNKNOWN_KEY,
    /** A map has the same key twice. Falco says nothing of it. */
    LOAD_REPEATED_KEY,
    /** A field is named that never has a value. Falco says nothing of it. */
    LOAD_NO_VALUE,
    /** A plugin of Falco is required that is not here. Falco refuses the file. */
    LOAD_UNKNOWN_PLUGIN;

    /** Whether it makes the file wrong. */
    public boolean isError() {
        return name().startsWith("LOAD_ERR_");
    }
}
