{application, couch_dist, [
    {description, "Stand-in for CouchDB's distribution protocol, for tests"},
    {vsn, "0"},
    {modules, [couch_dist]},
    {registered, []},
    {applications, [kernel, stdlib]}
]}.
