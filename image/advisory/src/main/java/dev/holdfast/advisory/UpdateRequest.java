package dev.holdfast.advisory;

import dev.holdfast.advisory.update.FeedLocations;
import dev.holdfast.core.Limits;
import dev.holdfast.core.net.Patience;
import java.net.ProxySelector;
import java.nio.file.Path;
import java.time.LocalDate;

/**
 * What to update, and from where.
 *
 * @param base the base to replace
 * @param cache folder in which the feeds are kept as they came
 * @param locations where they are
 * @param today the day it is: some addresses hold one, and the age of what is kept counts from it
 * @param proxy which proxy to use for which address
 * @param patience how long to wait for servers
 * @param limits budgets for reading
 */
public record UpdateRequest(
        Path base,
        Path cache,
        FeedLocations locations,
        LocalDate today,
        ProxySelector proxy,
        Patience patience,
        Limits limits) {}
