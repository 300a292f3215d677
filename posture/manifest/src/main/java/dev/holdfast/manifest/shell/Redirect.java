package dev.holdfast.manifest.shell;

/**
 * Where a command's input or output goes.
 *
 * @param operator {@code >}, {@code >>}, {@code <}, {@code >&}, {@code <<}, {@code <<<}, …, without the number in front
 */
public record Redirect(String operator, ShellWord target) {}
