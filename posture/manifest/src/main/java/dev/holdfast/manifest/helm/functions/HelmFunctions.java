package dev.holdfast.manifest.helm.functions;

import static dev.holdfast.manifest.template.FunctionTable.Parameter.ANY;
import static dev.holdfast.manifest.template.FunctionTable.Parameter.STRING;

import dev.holdfast.core.Limits;
import dev.holdfast.manifest.template.FunctionTable;
import dev.holdfast.manifest.template.LanguageFunctions;
import dev.holdfast.manifest.template.TemplateFault;
import dev.holdfast.manifest.template.Values;

/** All functions that a template of a chart may call. */
public final class HelmFunctions {
    private HelmFunctions() {}

    public static FunctionTable all(Limits limits) {
        FunctionTable table = new FunctionTable();
        LanguageFunctions.addTo(table);
        TextFunctions.addTo(table);
        CaseFunctions.addTo(table);
        NumberFunctions.addTo(table);
        ListFunctions.addTo(table);
        MapFunctions.addTo(table);
        ChoiceFunctions.addTo(table);
        EncodingFunctions.addTo(table);
        new DocumentFunctions(limits).addTo(table);
        RegexFunctions.addTo(table);
        VersionFunctions.addTo(table);
        TimeFunctions.addTo(table);
        PathFunctions.addTo(table);
        PlaceholderFunctions.addTo(table);
        engine(table);
        return table;
    }

    private static void engine(FunctionTable table) {
        table.add(
                "include",
                (arguments, evaluation) -> evaluation.include(Given.text(arguments, 0), arguments.get(1)),
                STRING,
                ANY);
        table.add(
                "tpl",
                (arguments, evaluation) -> evaluation.rendered(Given.text(arguments, 0), arguments.get(1)),
                STRING,
                ANY);
        table.add(
                "required",
                (arguments, _) -> {
                    Object value = arguments.get(1);
                    if (value == null || "".equals(value)) {
                        throw TemplateFault.of(Given.text(arguments, 0));
                    }
                    return value;
                },
                STRING,
                ANY);
        table.add(
                "fail",
                (arguments, _) -> {
                    throw TemplateFault.of(Given.text(arguments, 0));
                },
                STRING);
        table.add("lookup", (_, _) -> Values.map(), STRING, STRING, STRING, STRING);
        table.add("getHostByName", (_, _) -> "", STRING);
    }
}
