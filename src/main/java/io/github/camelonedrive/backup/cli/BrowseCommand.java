package io.github.camelonedrive.backup.cli;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.github.camelonedrive.backup.console.NaturalOrder;
import io.github.camelonedrive.backup.console.Table;
import io.github.camelonedrive.backup.failure.BackupException;
import io.github.camelonedrive.backup.runtime.CamelRuntime;
import io.github.camelonedrive.backup.runtime.OneDriveCalls;
import io.github.camelonedrive.component.EncryptedCredentialProcessor;
import io.github.camelonedrive.credentials.Destination;
import io.github.camelonedrive.credentials.Vault;
import io.github.camelonedrive.graph.DriveItem;
import io.github.camelonedrive.graph.Folders;
import io.github.camelonedrive.graph.ItemPath;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code browse}: the folders of a destination's drive. */
@Command(name = "browse", description = "Shows the folders of a destination's drive, and which one is the destination's.")
final class BrowseCommand extends BackupCommand {

    private static final int USUAL_DEPTH = 3;
    private static final int DEEPEST = 100;

    @Parameters(index = "0", paramLabel = "NAME", description = "A destination of the vault.")
    private String name;

    @Parameters(index = "1", arity = "0..1", paramLabel = "PATH", defaultValue = "/",
                description = "A folder, absolute from the drive's root. Without it: the root.")
    private String path;

    @Option(names = "--tree", description = "Also the folders in folders, as a tree.")
    private boolean tree;

    @Option(names = "--depth", paramLabel = "N", description = "How many levels the tree has. Default: " + USUAL_DEPTH + ".")
    private Integer depth;

    private OneDriveCalls calls;
    private ItemPath home;

    @Override
    int run() throws Exception {
        int levels = levels();
        Vault vault = vault();
        Destination destination = vault.destination(name);
        warnOfEnd(destination);
        home = ItemPath.parse(destination.folderPath());
        ItemPath top = ItemPath.parse(path);
        EncryptedCredentialProcessor credentials = new EncryptedCredentialProcessor(vault);
        try (CamelRuntime camel = CamelRuntime.start(settings(), home(), credentials, event -> { }, List.of());
             OnStop stop = OnStop.run(camel::close)) {
            calls = new OneDriveCalls(camel, credentials);
            browse(top, levels);
        }
        return ExitCode.DONE;
    }

    private int levels() throws BackupException {
        if (depth == null) {
            return tree ? USUAL_DEPTH : 1;
        }
        if (!tree) {
            throw BackupException.usage("--depth says how many levels a tree has, but --tree was not given.", "Add --tree.");
        }
        if (depth < 1 || depth > DEEPEST) {
            throw BackupException.usage("--depth " + depth + " is not possible.", "It is 1 to " + DEEPEST + ".");
        }
        return depth;
    }

    private void browse(ItemPath top, int levels) throws Exception {
        DriveItem item = calls.item(name, top.toString());
        if (!item.folder()) {
            throw new Folders.NotAFolderException(top);
        }
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("destination", name);
        result.put("path", top.toString());
        item.childCount().ifPresent(count -> result.put("children", count));
        List<DriveItem> folders = folders(top);
        String nothing = folders.isEmpty() ? nothing(top, item) : "";
        if (folders.isEmpty()) {
            result.put("note", nothing);
            console().print(nothing);
        } else if (!tree) {
            console().print(table(top, folders));
        } else {
            console().print(top + mark(top, " <- "));
        }
        result.put("folders", tree ? branches(top, folders, "", levels) : folders.stream().map(folder -> data(top, folder))
                .toList());
        console().printJson(result);
    }

    private List<DriveItem> folders(ItemPath folder) throws Exception {
        List<DriveItem> folders = new ArrayList<>(calls.folders(name, folder.toString()));
        folders.sort(Comparator.comparing(DriveItem::name, new NaturalOrder()));
        return folders;
    }

    private Table table(ItemPath parent, List<DriveItem> folders) {
        Table table = new Table("FOLDER", ">HOLDS", "");
        for (DriveItem folder : folders) {
            table.row(folder.name() + "/", folder.childCount().isPresent() ? "" + folder.childCount().getAsLong() : "",
                    mark(below(parent, folder), ""));
        }
        return table;
    }

    /** Prints the branches as they are found, so that a large drive shows something at once. */
    private List<Map<String, Object>> branches(ItemPath parent, List<DriveItem> folders, String indent, int levels)
            throws Exception {
        List<Map<String, Object>> all = new ArrayList<>();
        for (int i = 0; i < folders.size(); i++) {
            boolean last = i == folders.size() - 1;
            DriveItem folder = folders.get(i);
            ItemPath own = below(parent, folder);
            console().print(indent + (last ? "└── " : "├── ") + folder.name() + "/"
                    + (folder.childCount().isPresent() ? " (" + folder.childCount().getAsLong() + ")" : "")
                    + mark(own, " <- "));
            Map<String, Object> data = data(parent, folder);
            if (levels > 1 && folder.childCount().orElse(1) > 0) {
                data.put("folders", branches(own, folders(own), indent + (last ? "    " : "│   "), levels - 1));
            }
            all.add(data);
        }
        return all;
    }

    private static ItemPath below(ItemPath parent, DriveItem folder) {
        List<String> segments = new ArrayList<>(parent.segments());
        segments.add(folder.name());
        return new ItemPath(segments);
    }

    private String mark(ItemPath folder, String before) {
        if (isHome(folder)) {
            return before + "the destination's folder";
        }
        return !folder.isRoot() && home.startsWith(folder) ? before + "leads to the destination's folder " + home : "";
    }

    private boolean isHome(ItemPath folder) {
        return home.startsWith(folder) && folder.startsWith(home);
    }

    private Map<String, Object> data(ItemPath parent, DriveItem folder) {
        ItemPath own = below(parent, folder);
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("name", folder.name());
        data.put("path", own.toString());
        folder.childCount().ifPresent(count -> data.put("children", count));
        data.put("destinationFolder", isHome(own));
        return data;
    }

    /** An empty list can be the truth, or all that the sign-in may see: the folder's own count tells them apart. */
    private String nothing(ItemPath folder, DriveItem item) throws Exception {
        String where = folder.isRoot() ? "The drive" : "The folder " + folder;
        if (item.childCount().orElse(-1) == 0) {
            return where + " is really empty: OneDrive counts nothing in it." + (folder.isRoot()
                    ? " If something should be there, 'onedrive-backup destination test " + name
                            + "' shows whose account and which drive it is." : "");
        }
        int files = calls.list(name, folder.toString(), false).size();
        if (files > 0) {
            return where + " holds no folders, only " + (files == 1 ? "one file." : files + " files.");
        }
        return where + " shows nothing, " + (item.childCount().isPresent()
                ? "though OneDrive counts " + item.childCount().getAsLong() + " in it"
                : "and OneDrive does not tell how many are in it")
                + ": a permission may be missing. Check that Files.ReadWrite.All is granted in the app registration (with admin"
                + " consent for work accounts), then: onedrive-backup authorize " + name;
    }
}
