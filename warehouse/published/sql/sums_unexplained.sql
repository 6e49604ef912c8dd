with

reconciliations as (

    select * from ops.reconciliation

),

files as (

    select * from ops.file

),

unexplained as (

    select
        files.path,
        files.member,
        reconciliations.sheet,
        reconciliations."check",
        reconciliations.metric,
        reconciliations.said,
        reconciliations.found,
        reconciliations.records,
        reconciliations.file_id,
        reconciliations.loaded_at,
    from reconciliations
    inner join files
        on
            reconciliations.load_id = files.load_id
            and reconciliations.file_id = files.file_id
            and reconciliations.sheet is not distinct from files.sheet
    where reconciliations.reason = 'unexplained'

),

newest_first as (

    select
        unexplained.*,
        count(*) over () as of_all,
    from unexplained
    order by loaded_at desc, path, member nulls first, sheet nulls first, "check", metric
    limit $most

)

select * from newest_first
