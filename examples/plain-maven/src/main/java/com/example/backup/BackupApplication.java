package com.example.backup;

import org.apache.camel.main.Main;

/** Runs the route until it is stopped. */
public class BackupApplication {

    public static void main(String[] args) throws Exception {
        new Main(BackupRoute.class).run(args);
    }
}
