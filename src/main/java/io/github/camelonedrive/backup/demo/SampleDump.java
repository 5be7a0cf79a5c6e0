package io.github.camelonedrive.backup.demo;

import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Random;

/** A made-up database dump in MySQL's form, the same bytes every time. */
enum SampleDump {

    /** Some customers, about 12 kB. */
    CUSTOMERS("customers.sql", 12L * 1024),

    /** A web shop's orders, about 25 MB: more than one fragment. */
    WEBSHOP("webshop.sql", 25L * 1024 * 1024);

    private static final String[] FIRST = {
            "Ada", "Björn", "Chloé", "Dmitri", "Elif", "Femi", "Grace", "Hana", "Inés", "Jürgen"};
    private static final String[] LAST = {
            "Lovelace", "Ångström", "Noether", "Curie", "Hopper", "Łukasiewicz", "Ramanujan", "Øst"};
    private static final HexFormat HEX = HexFormat.of();
    private static final int ROWS_PER_STATEMENT = 200;

    private final String fileName;
    private final long size;

    SampleDump(String fileName, long size) {
        this.fileName = fileName;
        this.size = size;
    }

    /** Writes the dump into a directory. */
    Path write(Path directory) throws IOException {
        Path file = directory.resolve(fileName);
        String table = fileName.substring(0, fileName.indexOf('.'));
        Random random = new Random(size);
        long written = 0;
        try (Writer out = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
            written += append(out, "-- MySQL dump 10.13  Distrib 8.0.36\n--\n-- Host: localhost    Database: " + table
                    + "\n\nDROP TABLE IF EXISTS `" + table + "`;\nCREATE TABLE `" + table + "` (\n  `id` int NOT NULL,\n"
                    + "  `name` varchar(80),\n  `email` varchar(120),\n  `amount` decimal(10,2),\n  `token` char(16),\n"
                    + "  PRIMARY KEY (`id`)\n) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;\n\n");
            for (int row = 1; written < size; row++) {
                boolean first = row % ROWS_PER_STATEMENT == 1;
                written += append(out, first ? (row == 1 ? "" : ";\n") + "INSERT INTO `" + table + "` VALUES\n" : ",\n");
                written += append(out, row(row, random));
            }
            append(out, ";\n\n-- Dump completed\n");
        }
        return file;
    }

    private static String row(int id, Random random) {
        String first = FIRST[random.nextInt(FIRST.length)];
        String last = LAST[random.nextInt(LAST.length)];
        return "(" + id + ",'" + first + " " + last + "','customer" + id + "@example.com'," + random.nextInt(5000) + "."
                + (10 + random.nextInt(90)) + ",'" + HEX.toHexDigits(random.nextLong()) + "')";
    }

    private static long append(Writer out, String text) throws IOException {
        out.write(text);
        return text.length();
    }
}
