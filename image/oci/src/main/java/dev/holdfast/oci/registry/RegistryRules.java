package dev.holdfast.oci.registry;

import dev.holdfast.core.ImageReference;
import dev.holdfast.core.InputException;
import dev.holdfast.oci.registry.RegistriesFile.Rule;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Where to ask for an image: first the mirrors that the caller names, then those of the machine's {@link RegistriesFile}, at last the registry
 * itself, or the one that the file puts in its place.
 *
 * @param plainHosts hosts that are asked without TLS
 * @param mirrors for a host, the hosts to ask before it
 * @param files the machine's settings, the last of them first in effect
 */
public record RegistryRules(Set<String> plainHosts, Map<String, List<String>> mirrors, List<RegistriesFile> files) {
    public RegistryRules {
        plainHosts = Set.copyOf(plainHosts);
        mirrors = Map.copyOf(mirrors);
        files = List.copyOf(files);
    }

    /** The places in their order; the last is the one whose word is final. */
    List<RegistrySource> sourcesOf(ImageReference reference) throws InputException {
        List<RegistrySource> sources = new ArrayList<>();
        for (String mirror : mirrors.getOrDefault(reference.host(), List.of())) {
            sources.add(source(mirror, reference.repository(), false, RegistrySource.Pull.ALL));
        }
        Rule rule = Rule.NONE;
        for (RegistriesFile file : files) {
            Rule its = file.ruleFor(reference.name());
            rule = its.prefix().length() >= rule.prefix().length() ? its : rule;
        }
        if (rule.isBlocked()) {
            throw new InputException(
                    InputException.Code.NOT_FOUND,
                    rule.prefix() + " is blocked by " + rule.file() + ", line " + rule.line());
        }
        for (Rule.Mirror mirror : rule.mirrors()) {
            sources.add(rewritten(rule, mirror.location(), reference, mirror.isPlain(), mirror.pull()));
        }
        sources.add(
                rule.location().isEmpty()
                        ? source(reference.host(), reference.repository(), rule.isPlain(), RegistrySource.Pull.ALL)
                        : rewritten(rule, rule.location(), reference, rule.isPlain(), RegistrySource.Pull.ALL));
        return sources;
    }

    /** The image's name with what the rule speaks of replaced by another place. */
    private RegistrySource rewritten(
            Rule rule, String location, ImageReference reference, boolean isPlain, RegistrySource.Pull pull) {
        String rest = reference.name().substring(rule.matched(reference.name()));
        String whole = location + rest;
        int slash = whole.indexOf('/');
        return slash < 0
                ? source(whole, reference.repository(), isPlain, pull)
                : source(whole.substring(0, slash), whole.substring(slash + 1), isPlain, pull);
    }

    private RegistrySource source(String host, String repository, boolean isPlain, RegistrySource.Pull pull) {
        return new RegistrySource(host, repository, isPlain || plainHosts.contains(host), pull);
    }
}
