with

files as (

    select * from ops.file

),

wanted as (

    select *
    from files
    where $status is null or status = $status

),

newest_first as (

    select
        status,
        path,
        member,
        sheet,
        platform,
        handle,
        account_ref,
        export,
        language,
        reason,
        rows_in,
        loaded,
        quarantined,
        not_data,
        period_start,
        period_end,
        observed_on,
        observed_on_source,
        nearest_export,
        missing_headers,
        unknown_headers,
        notes,
        load_id,
        loaded_at,
        file_id,
        sha256,
    from wanted
    order by loaded_at desc, load_id desc, path, member nulls first, sheet nulls first, file_id

)

select * from newest_first
