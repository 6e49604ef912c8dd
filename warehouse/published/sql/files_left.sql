with

files as (

    select * from ops.file

),

last_readings as (

    select *
    from files
    qualify row_number() over (partition by file_id, sheet order by loaded_at desc, load_id desc) = 1

),

newest_first as (

    select
        status,
        path,
        member,
        sheet,
        export,
        reason,
        nearest_export,
        missing_headers,
        unknown_headers,
        file_id,
        loaded_at,
        count(*) over () as of_all,
    from last_readings
    where status in ('refused', 'unrecognised')
    order by loaded_at desc, status, path, member nulls first, sheet nulls first
    limit $most

)

select * from newest_first
