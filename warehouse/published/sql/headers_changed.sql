with

drift as (

    select * from ops.drift

),

grouped as (

    select
        export,
        kind,
        header,
        canonical,
        suggestion,
        count(distinct file_id) as files,
        arg_max(path, loaded_at) as path,
        max(loaded_at) as loaded_at,
    from drift
    group by all

),

newest_first as (

    select
        grouped.*,
        count(*) over () as of_all,
    from grouped
    order by loaded_at desc, export, kind, header
    limit $most

)

select * from newest_first
