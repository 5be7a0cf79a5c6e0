package io.github.camelonedrive.credentials;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What a vault holds, opened.
 *
 * @param generation one up at each write, from 1
 * @param journalKey random, made with the vault, kept for its whole life: seals the upload journal
 * @param entries    sorted by name
 */
record VaultDocument(long generation, byte[] journalKey, List<VaultEntry> entries) {

    VaultDocument {
        entries = entries.stream().sorted(Comparator.comparing((VaultEntry entry) -> entry.destination().name())).toList();
    }

    Optional<VaultEntry> find(String name) {
        return entries.stream().filter(entry -> entry.destination().name().equals(name)).findFirst();
    }

    /** @throws UnknownDestinationException when there is none of that name */
    VaultEntry get(String name) throws UnknownDestinationException {
        return find(name).orElseThrow(() -> new UnknownDestinationException(name, names()));
    }

    SortedSet<String> ids() {
        return entries.stream().map(VaultEntry::id).collect(Collectors.toCollection(TreeSet::new));
    }

    List<String> names() {
        return entries.stream().map(entry -> entry.destination().name()).toList();
    }

    VaultDocument with(VaultEntry entry) {
        List<VaultEntry> changed = new ArrayList<>(without(entry.destination().name()).entries);
        changed.add(entry);
        return new VaultDocument(generation, journalKey, changed);
    }

    VaultDocument without(String name) {
        return new VaultDocument(generation, journalKey,
                entries.stream().filter(entry -> !entry.destination().name().equals(name)).toList());
    }

    VaultDocument nextGeneration() {
        return new VaultDocument(generation + 1, journalKey, entries);
    }
}
