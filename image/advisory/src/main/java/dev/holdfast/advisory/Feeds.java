package dev.holdfast.advisory;

import dev.holdfast.advisory.feed.ArchTracker;
import dev.holdfast.advisory.feed.DistroInfo;
import dev.holdfast.advisory.feed.Feed;
import dev.holdfast.advisory.feed.alpine.AlpineTracker;
import dev.holdfast.advisory.feed.alpine.SecDb;
import dev.holdfast.advisory.feed.alpine.WolfiAdvisories;
import dev.holdfast.advisory.feed.csaf.Csaf;
import dev.holdfast.advisory.feed.debian.DebianBulletins;
import dev.holdfast.advisory.feed.debian.DebianCveList;
import dev.holdfast.advisory.feed.debian.DebianSupport;
import dev.holdfast.advisory.feed.debian.DebianTracker;
import dev.holdfast.advisory.feed.general.EndOfLifeApiFeed;
import dev.holdfast.advisory.feed.general.EndOfLifeFeed;
import dev.holdfast.advisory.feed.general.EpssFeed;
import dev.holdfast.advisory.feed.general.GithubApiFeed;
import dev.holdfast.advisory.feed.general.KevFeed;
import dev.holdfast.advisory.feed.general.NvdApiFeed;
import dev.holdfast.advisory.feed.general.NvdLegacyFeed;
import dev.holdfast.advisory.feed.general.OpenVexFeed;
import dev.holdfast.advisory.feed.general.VexIndexFeed;
import dev.holdfast.advisory.feed.lang.FriendsOfPhpFeed;
import dev.holdfast.advisory.feed.lang.NodeSecurityFeed;
import dev.holdfast.advisory.feed.lang.ProjectKbFeed;
import dev.holdfast.advisory.feed.lang.RetireJsFeed;
import dev.holdfast.advisory.feed.lang.RubySecFeed;
import dev.holdfast.advisory.feed.lang.RustSecFeed;
import dev.holdfast.advisory.feed.lang.VictimsFeed;
import dev.holdfast.advisory.feed.osv.OsvFeed;
import dev.holdfast.advisory.feed.osv.PypaFeed;
import dev.holdfast.advisory.feed.oval.Oval;
import dev.holdfast.advisory.feed.rpm.AlmaErrata;
import dev.holdfast.advisory.feed.rpm.Cvrf;
import dev.holdfast.advisory.feed.rpm.FedoraBodhi;
import dev.holdfast.advisory.feed.rpm.PhotonCves;
import dev.holdfast.advisory.feed.rpm.RedHatSecurityData;
import dev.holdfast.advisory.feed.rpm.UpdateInfo;
import dev.holdfast.advisory.feed.ubuntu.UbuntuOsv;
import dev.holdfast.advisory.feed.ubuntu.UbuntuTracker;
import dev.holdfast.advisory.feed.ubuntu.UbuntuVex;
import java.util.ArrayList;
import java.util.List;

/** Every importer there is, the most particular first: the first that recognises a file reads it. */
public final class Feeds {
    private Feeds() {}

    public static List<Feed> all() {
        List<Feed> feeds = new ArrayList<>(distributions());
        feeds.addAll(languages());
        feeds.addAll(general());
        feeds.addAll(OsvFeed.all());
        return List.copyOf(feeds);
    }

    /** What the keepers of one language's packages publish. */
    private static List<Feed> languages() {
        return List.of(
                new PypaFeed(),
                new RustSecFeed(),
                new RubySecFeed(),
                new FriendsOfPhpFeed(),
                new NodeSecurityFeed(),
                new RetireJsFeed(),
                new ProjectKbFeed(),
                new VictimsFeed());
    }

    /** What is known of flaws and releases whatever the package. */
    private static List<Feed> general() {
        List<Feed> feeds = new ArrayList<>();
        feeds.add(new KevFeed());
        feeds.add(new EpssFeed());
        feeds.addAll(OpenVexFeed.all());
        feeds.add(new VexIndexFeed());
        feeds.add(new NvdApiFeed());
        feeds.add(new NvdLegacyFeed());
        feeds.add(new GithubApiFeed());
        feeds.add(new EndOfLifeFeed());
        feeds.add(new EndOfLifeApiFeed());
        return feeds;
    }

    /** What the makers of distributions publish of their own packages. */
    private static List<Feed> distributions() {
        List<Feed> feeds = new ArrayList<>();
        feeds.add(new DistroInfo());
        feeds.add(new DebianSupport());
        feeds.add(new DebianBulletins());
        feeds.add(new DebianCveList());
        feeds.addAll(DebianTracker.all());
        feeds.add(new UbuntuOsv());
        feeds.add(new UbuntuVex());
        feeds.add(new UbuntuTracker());
        feeds.addAll(SecDb.all());
        feeds.add(new AlpineTracker());
        feeds.add(new WolfiAdvisories());
        feeds.addAll(Csaf.all());
        feeds.add(new RedHatSecurityData());
        feeds.addAll(Oval.all());
        feeds.addAll(UpdateInfo.all());
        feeds.addAll(Cvrf.all());
        feeds.add(new AlmaErrata());
        feeds.add(new FedoraBodhi());
        feeds.add(new PhotonCves());
        feeds.add(new ArchTracker());
        return feeds;
    }
}
